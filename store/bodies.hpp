// The bytes of pages, once per digest, compressed: how they enter the archive and how they are read back.
// Which dictionary packs them is BodyWriter's matter.
#pragma once

#include <string>
#include <string_view>

#include "config/error.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

class Dictionary;

// The page's bytes, unless those of that digest (SHA-256, hex) are held; packed with a dictionary where one
// is given. REQUIRES, here and below: a body of config::kMostPageBytes at most; a larger one is read back as
// damage.
[[nodiscard]] Result<void> put_body(Batch& batch, std::string_view sha256_hex, std::string_view body,
                                    const Dictionary* dictionary = nullptr);
// The row that put_body would put, made by any thread; BodyWriter takes it.
struct PackedBody {
  std::string row;     // empty: none was made
  int dictionary = 0;  // that it was packed with; 0: none
};
[[nodiscard]] PackedBody pack_body(std::string_view body, const Dictionary* dictionary);

struct StoredBody {
  std::string bytes;
  int dictionary = 0;     // that it is packed with; 0: none
  bool redacted = false;  // what was taken down is blacked out: the bytes no longer have the digest
};
// kNotFound when no body of that digest is held; kDamaged when the bytes no longer have it.
[[nodiscard]] Result<std::string> get_body(const Database& database, std::string_view sha256_hex);
// The same of a row of `bodies` that has been read already.
[[nodiscard]] Result<StoredBody> decode_body(const Database& database, std::string_view key,
                                             std::string_view value);
// The number of the dictionary that a row of `bodies` is packed with; 0 when there is none.
[[nodiscard]] int dictionary_of_body(std::string_view value);
// Puts a body in the place of the one held. `key` is the digest of what was fetched, 32 bytes.
void replace_body(Batch& batch, std::string_view key, const StoredBody& body, const Dictionary* dictionary);

}  // namespace boardwalk::store
