#include "tests/support/charset.hpp"

#include <unicode/ucnv.h>

#include <cstdint>
#include <memory>
#include <stdexcept>

namespace boardwalk::sample {
namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter opened(const char* name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &status), &ucnv_close);
  if (U_FAILURE(status)) throw std::runtime_error(std::string("no converter for ") + name);
  return converter;
}

}  // namespace

std::string in_charset(std::string_view utf8, Charset charset) {
  if (charset == Charset::kUtf8) return std::string(utf8);
  const thread_local Converter from = opened("UTF-8");
  const thread_local Converter to = opened("GBK");
  UErrorCode status = U_ZERO_ERROR;
  ucnv_setSubstChars(to.get(), "?", 1, &status);
  std::string out(utf8.size() + 16, '\0');  // GBK takes no more bytes than UTF-8
  const char* source = utf8.data();
  char* target = out.data();
  UChar pivot[1024];
  UChar* pivot_source = pivot;
  UChar* pivot_target = pivot;
  ucnv_convertEx(to.get(), from.get(), &target, out.data() + out.size(), &source, utf8.data() + utf8.size(),
                 pivot, &pivot_source, &pivot_target, pivot + 1024, 1, 1, &status);
  if (U_FAILURE(status)) throw std::runtime_error("a page does not fit its charset");
  out.resize(static_cast<std::size_t>(target - out.data()));
  return out;
}

}  // namespace boardwalk::sample
