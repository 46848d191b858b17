#include "parsers/news/script_arguments.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "config/ascii.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::news {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// Behind the string that begins at `at`.
std::size_t behind_string(std::string_view code, std::size_t at) {
  const char quote = code[at];
  for (++at; at < code.size() && code[at] != quote; ++at)
    if (code[at] == '\\') ++at;
  return std::min(at + 1, code.size());
}

struct Group {
  std::vector<std::string_view> parts;  // what commas part at its own level, stripped
  std::size_t end = kNone;              // behind what closes it; kNone when nothing does
};

// The bracket that opens at `open`, to what closes it.
Group read_group(std::string_view code, std::size_t open) {
  Group group;
  std::size_t begin = open + 1;
  int depth = 0;
  for (std::size_t at = open; at < code.size();) {
    const char c = code[at];
    if (c == '"' || c == '\'' || c == '`') {
      at = behind_string(code, at);
      continue;
    }
    depth += c == '(' || c == '[' || c == '{';
    depth -= c == ')' || c == ']' || c == '}';
    if (depth == 0 || (depth == 1 && c == ',')) {
      group.parts.push_back(strip(code.substr(begin, at - begin)));
      begin = at + 1;
    }
    ++at;
    if (depth == 0) {
      group.end = at;
      break;
    }
  }
  return group;
}

std::size_t behind_blanks(std::string_view code, std::size_t at) {
  return std::min(code.find_first_not_of(" \t\r\n", at), code.size());
}

// Behind the function's parameters, where its body opens; kNone when none does.
std::size_t body_of(std::string_view code, std::size_t at) {
  at = behind_blanks(code, at);
  if (code.substr(at, 2) == "=>") at = behind_blanks(code, at + 2);
  return at < code.size() && code[at] == '{' ? at : kNone;
}

// Where the parameters of the first function open.
std::size_t parameters_of(std::string_view code) {
  constexpr std::string_view kFunction = "(function";
  const std::size_t function = code.find(kFunction);
  const std::size_t arrow = code.find("((");
  if (function < arrow) {
    const std::size_t open = behind_blanks(code, function + kFunction.size());
    return open < code.size() && code[open] == '(' ? open : kNone;
  }
  return arrow == kNone ? kNone : arrow + 1;
}

bool is_literal(std::string_view part) {
  return !part.empty() && (part.front() == '"' || part.front() == '\'' || ascii::is_digit(part.front()));
}

}  // namespace

ScriptArguments read_arguments(std::string_view code) {
  const std::size_t open = parameters_of(code);
  if (open == kNone) return {};
  const Group parameters = read_group(code, open);
  const std::size_t body = parameters.end == kNone ? kNone : body_of(code, parameters.end);
  if (body == kNone) return {};
  const std::size_t behind = read_group(code, body).end;
  if (behind == kNone) return {};
  std::size_t call = behind_blanks(code, behind);
  if (code.substr(call, 1) == ")") call = behind_blanks(code, call + 1);
  if (code.substr(call, 1) != "(") return {};
  const Group values = read_group(code, call);
  ScriptArguments arguments;
  for (std::size_t i = 0; i < std::min(parameters.parts.size(), values.parts.size()); ++i)
    if (is_literal(values.parts[i])) arguments.emplace(parameters.parts[i], values.parts[i]);
  return arguments;
}

}  // namespace boardwalk::parsers::news
