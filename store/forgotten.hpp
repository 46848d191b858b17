// What was taken down, and must not come back: records, everything by an author of a site, or a whole site.
// Rows of the family `forgotten`; see schema.hpp. Loaded once by whoever writes: nothing is taken down beside
// a writer.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "parsers/page.hpp"
#include "store/database.hpp"
#include "store/redaction.hpp"

namespace boardwalk::store {

// One thing to forget.
struct Target {
  enum class Kind { kRecord, kAuthor, kSite } kind = Kind::kRecord;
  std::string site;  // of an author or a site
  std::string name;  // a record's id, or an author's name
};
[[nodiscard]] std::string forgotten_key(const Target& target);

// What is kept of a taking down: the receipt.
struct Forgetting {
  std::int64_t at = 0;               // UTC epoch seconds
  std::int64_t records = 0;          // taken out
  std::vector<std::int64_t> hashes;  // of their texts
};
void put_forgetting(Batch& batch, const Target& target, const Forgetting& forgetting);

class Forgotten {
 public:
  [[nodiscard]] static Result<Forgotten> load(const Database& database);

  [[nodiscard]] bool empty() const { return records_.empty() && authors_.empty() && sites_.empty(); }
  [[nodiscard]] bool has_site(const std::string& site) const { return sites_.contains(site); }
  // Whether a record of this id, thread and author is taken down, by whatever target.
  [[nodiscard]] bool has(const std::string& site, const std::string& record_id,
                         const parsers::OptionalString& thread_id,
                         const std::vector<std::string>& authors) const;
  // Takes the records out of what a page says.
  void take_out(parsers::ParsedPage& page) const;
  [[nodiscard]] const Redaction& redaction() const { return redaction_; }

 private:
  std::set<std::string> records_, authors_, sites_;  // authors: site 00 name
  Redaction redaction_;
};

// A page's bytes as they may be kept: nullopt when they may be kept as they are. What is blacked out is
// UTF-8, and says so by its BOM, whatever the page was written in.
[[nodiscard]] std::optional<std::string> redacted_body(const Redaction& redaction, std::string_view body,
                                                       std::string_view content_type);

}  // namespace boardwalk::store
