#include "cli/site_rules.hpp"

#include "config/site_file.hpp"

namespace boardwalk::cli {

Result<parsers::site::RuleSet> load_rules(const std::vector<std::string>& paths) {
  const auto files = config::load_site_files(paths);
  if (!files) return fail(ErrorKind::kUsage, files.error().message);
  return parsers::site::RuleSet::compile(*files);
}

}  // namespace boardwalk::cli
