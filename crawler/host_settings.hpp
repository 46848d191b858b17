// How each host is fetched: by [fetch], or by what the job's [[host]] table for it says over that.
// Immutable; any thread may ask.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/job.hpp"

namespace boardwalk::crawler {

class HostSettings {
 public:
  // Later changes of `job` are not seen.
  explicit HostSettings(const config::Job& job);

  // `site` as in records: the host, with its port when that is not the scheme's own. The first table with a
  // name that fits counts. Valid as long as this object.
  [[nodiscard]] const config::Job::Fetch& of(std::string_view site) const;

  // [fetch], and each table over it.
  [[nodiscard]] std::vector<const config::Job::Fetch*> all() const;

 private:
  struct Host {
    std::vector<std::string> names;
    config::Job::Fetch fetch;
  };
  config::Job::Fetch common_;
  std::vector<Host> hosts_;
};

}  // namespace boardwalk::crawler
