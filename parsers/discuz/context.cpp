#include "parsers/discuz/context.hpp"

namespace boardwalk::parsers::discuz {

std::optional<std::string> Context::absolute(std::string_view href) const {
  auto resolved = resolve_text(base, href, charset);
  if (!resolved) return std::nullopt;
  return std::move(resolved->text);
}

}  // namespace boardwalk::parsers::discuz
