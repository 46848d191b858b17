// Words that the tests of taking down say, let stand and look for.
#pragma once

#include <string>
#include <string_view>

#include "parsers/utf8.hpp"
#include "store/care/forget.hpp"

namespace boardwalk::store {

inline const std::string kSecret = "这一段话只说给一个人听，后来他不愿意再让别人看到，请把它拿下来";
inline const std::string kPublic = "桥头的豆腐店开了三十年，老板说明年要把店交给女儿，生意还是老样子";
inline const std::string kPrinted = "http://bbs.test/thread-100-1-1.html";

inline Target author(const std::string& name) { return {Target::Kind::kAuthor, "bbs.test", name}; }

// How often.
inline std::size_t count(std::string_view text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

// As many different characters.
inline std::string different(std::size_t characters) {
  std::string text;
  for (std::size_t i = 0; i < characters; ++i)
    parsers::append_code_point(static_cast<char32_t>(0x4E00 + i), text);
  return text;
}

}  // namespace boardwalk::store
