// What a crawl may write its log and its report to.
#pragma once

#include <string>
#include <vector>

#include "cli/crawl_run.hpp"
#include "config/error.hpp"
#include "config/job.hpp"

namespace boardwalk::cli {

// The files, and directories of TOML files, that a run of the job reads beside the job file.
[[nodiscard]] std::vector<std::string> files_read(const config::Job& job);

// Whether the log and the report are two files, neither is inside one of the archives, and neither takes the
// place of one that is `read` or would be one more in a directory that is; kUsage names it. What is no file (a
// device, a pipe) is free to be both.
[[nodiscard]] Result<void> check_outputs(const RunFiles& files, const std::vector<std::string>& read,
                                         const std::vector<std::string>& archives);

}  // namespace boardwalk::cli
