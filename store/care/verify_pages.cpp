#include <fmt/format.h>

#include "parsers/digest.hpp"
#include "store/bodies.hpp"
#include "store/care/digest_set.hpp"
#include "store/care/verify.hpp"
#include "store/dictionaries.hpp"
#include "store/files.hpp"
#include "store/schema.hpp"
#include "store/visits.hpp"

namespace boardwalk::store {
namespace {

Result<void> verify_dictionaries(const Database& database, const Tell& tell) {
  return database.scan(Family::kDictionaries, "", "", [&](std::string_view key, std::string_view) {
    const int number = parse_dictionary_key(key);
    const auto dictionary = database.dictionaries().find(number);
    if (!dictionary)
      tell({dictionary.error().message, fmt::format("all pages packed with dictionary {}", number)});
    return true;
  });
}

Result<void> verify_bodies(const Database& database, Verified& verified, DigestSet& bodies,
                           const Tell& tell) {
  auto scanned = database.scan(Family::kBodies, "", "", [&](std::string_view key, std::string_view value) {
    ++verified.bodies;
    if (key.size() != kDigestBytes) {
      tell({"a row of `bodies` has a key that is no digest", "one page's bytes"});
      return true;
    }
    bodies.add(number_of(key));
    if (const auto body = decode_body(database, key, value); !body)
      tell({body.error().message,
            fmt::format("the bytes of the page with the digest {}; what was read from it stands",
                        parsers::hex(key))});
    return true;
  });
  bodies.sort();
  return scanned;
}

Result<void> verify_files(const Database& database, const Tell& tell) {
  return scan_file_rows(database, [&](std::string_view key, std::string_view value) {
    const auto row = parse_file_row(value);
    const auto digest = row ? digest_key(row->file.sha256) : std::nullopt;
    const auto body = digest ? database.get(Family::kBodies, *digest) : std::nullopt;
    if (!row || (row->moved_to.empty() && !digest))
      tell({fmt::format("the row of the file {} does not fit its layout", key), "that file"});
    else if (digest && body && !*body)
      tell({fmt::format("the bytes of the file {} (digest {}) are missing", key, row->file.sha256),
            "that file"});
    return true;
  });
}

}  // namespace

Result<void> verify_pages(const Database& database, Verified& verified, DigestSet& bodies, const Tell& tell) {
  if (auto done = verify_dictionaries(database, tell); !done) return done;
  if (auto done = verify_bodies(database, verified, bodies, tell); !done) return done;
  if (auto done = verify_files(database, tell); !done) return done;
  return scan_visit_rows(database, "", [&](std::string_view key, const std::optional<Visit>& visit) {
    ++verified.visits;
    if (!visit) {
      tell({fmt::format("the visit of {} does not fit its layout", key.substr(0, key.find('\0'))),
            "when and how that page was fetched"});
      return true;
    }
    if (visit->sha256.empty()) return true;  // nothing came
    const auto digest = digest_key(visit->sha256);
    if (digest && bodies.contains(number_of(*digest))) return true;
    const auto body = digest ? database.get(Family::kBodies, *digest) : std::nullopt;
    if (!digest || (body && !*body))
      tell({fmt::format("the bytes of {} (digest {}) are missing", visit->url, visit->sha256),
            "showing and reading that page again; what was read from it stands"});
    return true;
  });
}

}  // namespace boardwalk::store
