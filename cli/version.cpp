#include <curl/curl.h>
#include <fmt/format.h>
#include <libdeflate.h>
#include <openssl/crypto.h>
#include <rapidjson/rapidjson.h>
#include <rocksdb/version.h>
#include <unicode/uversion.h>
#include <xapian.h>
#include <zlib.h>
#include <zstd.h>
#include <CLI/Version.hpp>

#include <array>

#include "cli/command.hpp"

namespace boardwalk::cli {

// Of the libraries as they are loaded, where they tell; of those that are compiled in or do not tell, as they
// were when the program was built.
std::string version_text() {
  UVersionInfo icu{};
  u_getVersion(icu);
  std::array<char, U_MAX_VERSION_STRING_LENGTH> icu_words{};
  u_versionToString(icu, icu_words.data());
  const auto* curl = curl_version_info(CURLVERSION_NOW);
  std::string text = "boardwalk " BOARDWALK_VERSION "\n";
  const auto line = [&](std::string_view name, std::string_view version) {
    text += fmt::format("  {:<12} {}\n", name, version);
  };
  line("libcurl",
       fmt::format("{} ({})", curl->version, curl->ssl_version != nullptr ? curl->ssl_version : "no TLS"));
  line("RocksDB", rocksdb::GetRocksVersionAsString());
  line("Xapian", Xapian::version_string());
  line("OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING));
  line("ICU", icu_words.data());
  line("zstd", ZSTD_versionString());
  line("zlib", zlibVersion());
  line("libdeflate", LIBDEFLATE_VERSION_STRING);
  line("gumbo", BOARDWALK_GUMBO_VERSION);
  line("OpenCC", BOARDWALK_OPENCC_VERSION);
  line("uchardet", BOARDWALK_UCHARDET_VERSION);
  line("RapidJSON", RAPIDJSON_VERSION_STRING);
  line("CLI11", CLI11_VERSION);
  line("fmt", fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100));
  text.pop_back();
  return text;
}

}  // namespace boardwalk::cli
