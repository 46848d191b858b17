#include "parsers/discuz/link_roles.hpp"

#include <algorithm>

#include "config/ascii.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using ascii::is_digit;
bool begins_number(char c) { return c == '=' || c == '-' || c == '_' || c == '/'; }
bool ends_number(char c) { return c == '&' || c == '-' || c == '.' || c == '/' || c == '?'; }

PageRole ask(std::string_view path_and_query) {
  const std::size_t question = std::min(path_and_query.find('?'), path_and_query.size());
  return page_role(path_and_query.substr(0, question),
                   path_and_query.substr(std::min(question + 1, path_and_query.size())));
}

}  // namespace

void put_shape(std::string_view path_and_query, std::string& shape) {
  shape.resize(path_and_query.size());
  const char* const begin = path_and_query.data();
  const char* const end = begin + path_and_query.size();
  char* to = shape.data();
  for (const char* at = begin; at != end; ++at, ++to) {
    *to = *at;
    if (!is_digit(*at) || *at == '0' || at == begin || !begins_number(at[-1])) continue;
    const char* const behind = std::find_if_not(at, end, is_digit);
    if (behind != end && !ends_number(*behind)) continue;
    *to = '9';
    at = behind - 1;
  }
  shape.resize(static_cast<std::size_t>(to - shape.data()));
}

PageRole LinkRoles::of(std::string_view path_and_query) {
  put_shape(path_and_query, shape_);
  const auto [at, fresh] = known_.try_emplace(shape_);
  if (fresh) at->second = ask(path_and_query);
  return at->second;
}

}  // namespace boardwalk::parsers::discuz
