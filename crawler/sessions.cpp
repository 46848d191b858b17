#include "crawler/sessions.hpp"

#include <algorithm>
#include <utility>

#include "parsers/charset.hpp"
#include "parsers/digest.hpp"
#include "store/packed.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::size_t kMostJars = 4096;  // in memory; the others are read again

struct JarRow {
  std::string source;
  std::vector<std::string> lines;
};

template <typename Archive, typename Row>
void fields(Archive& archive, Row& row) {
  archive(row.source);
  archive(row.lines);
}

std::string jar_key(const std::string& site) { return "cookies/" + site; }

std::string digest_of(const std::vector<std::string>& lines) {
  if (lines.empty()) return {};
  std::string text;
  for (const auto& line : lines) text += line + '\n';
  return parsers::sha256_hex(text);
}

// Whether the mark's own bytes are what stands in a page of that charset.
bool is_same_in(std::string_view charset, std::string_view mark) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  return charset == "utf-8" ||
         (!charset.starts_with("utf-16") && std::all_of(mark.begin(), mark.end(), is_ascii));
}

}  // namespace

Result<CookieFiles> read_cookie_files(const HostSettings& settings) {
  CookieFiles files;
  for (const auto* fetch : settings.all()) {
    if (fetch->cookie_file.empty() || files.contains(fetch->cookie_file)) continue;
    auto lines = read_cookies(fetch->cookie_file);
    if (!lines) return tl::unexpected(lines.error());
    files.emplace(fetch->cookie_file, std::move(*lines));
  }
  return files;
}

Result<Sessions::Jar*> Sessions::jar_of(const std::string& site, const std::string& host) {
  if (const auto held = jars_.find(site); held != jars_.end()) return &held->second;
  forget_some();
  auto bytes = database_.get(store::Family::kMeta, jar_key(site));
  if (!bytes) return tl::unexpected(bytes.error());
  auto row = *bytes ? store::unpack<JarRow>(**bytes) : JarRow{};
  if (!row)
    return fail(ErrorKind::kDamaged,
                "the archive's cookies of " + site + " are damaged; restore the archive from a backup");
  Jar jar{std::move(row->source), std::move(row->lines)};
  const auto given = cookies_for(files_[settings_.of(site).cookie_file], host);
  if (const std::string source = digest_of(given); source != jar.source) jar = {source, given, true};
  return &jars_.emplace(site, std::move(jar)).first->second;
}

Result<std::vector<std::string>> Sessions::cookies_of(const std::string& site, const std::string& host) {
  if (!settings_.of(site).cookies) return std::vector<std::string>{};
  auto jar = jar_of(site, host);
  if (!jar) return tl::unexpected(jar.error());
  return (*jar)->lines;
}

// Those that the archive holds as they are.
void Sessions::forget_some() {
  if (jars_.size() < kMostJars) return;
  std::erase_if(jars_, [](const auto& held) { return !held.second.changed; });
}

Result<void> Sessions::note(const std::string& site, const std::string& host, const CookieChanges& changes) {
  auto jar = jar_of(site, host);
  if (!jar) return tl::unexpected(jar.error());
  apply_to_jar(changes, (*jar)->lines);
  (*jar)->changed = true;
  return {};
}

void Sessions::put(store::Batch& batch, const std::string& site) {
  const auto held = jars_.find(site);
  if (held == jars_.end() || !held->second.changed) return;
  JarRow row;
  row.source = held->second.source;
  row.lines = held->second.lines;
  batch.put(store::Family::kMeta, jar_key(site), store::pack(row));
  held->second.changed = false;
}

void Sessions::erase(store::Batch& batch, const std::string& site) {
  batch.erase(store::Family::kMeta, jar_key(site));
}

std::optional<bool> logged_in(std::string_view body, std::string_view charset, std::string_view mark) {
  if (!is_same_in(charset, mark)) {
    const parsers::Decoded page = parsers::decode_as(body, {}, charset);
    return logged_in(page.text, "utf-8", mark);
  }
  if (!mark.empty()) return body.find(mark) != std::string_view::npos;
  constexpr std::string_view kUid = "discuz_uid = '";
  const auto at = body.find(kUid);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view uid = body.substr(at + kUid.size());
  return !uid.starts_with("0'") && !uid.starts_with('\'');
}

}  // namespace boardwalk::crawler
