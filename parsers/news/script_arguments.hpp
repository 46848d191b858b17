// What a script's function is called with where it is written: `(function(a,b){…}("x",1))`, as Nuxt packs the
// state of a page, `((a,b)=>{…})("x",1)`.
#pragma once

#include <string_view>
#include <unordered_map>

namespace boardwalk::parsers::news {

// Each parameter's literal as the code has it: strings with their quotation marks, numbers. Others are left
// out. Valid as long as `code`; empty when its first function is not called so.
using ScriptArguments = std::unordered_map<std::string_view, std::string_view>;
[[nodiscard]] ScriptArguments read_arguments(std::string_view code);

}  // namespace boardwalk::parsers::news
