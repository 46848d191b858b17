#include "parsers/discuz/context.hpp"

namespace boardwalk::parsers::discuz {

std::optional<std::string> Context::absolute(std::string_view href) const {
  const auto resolved = resolve_url(base, href, charset);
  if (!resolved) return std::nullopt;
  return resolved->str();
}

}  // namespace boardwalk::parsers::discuz
