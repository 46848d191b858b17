// Bodies in each coding that the fetcher asks for, made by the codings' own libraries.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace boardwalk::tests {

// By the coding's name.
[[nodiscard]] std::map<std::string, std::string> compressed(std::string_view text);

// `bytes` zeros in each coding.
[[nodiscard]] std::map<std::string, std::string> bombs(std::size_t bytes);

}  // namespace boardwalk::tests
