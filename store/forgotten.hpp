// What was taken down, and must not come back: records, everything by an author of a site, a whole site, and
// files that records named which were taken down. Rows of the family `forgotten`; see schema.hpp. Loaded once
// by whoever writes: nothing is taken down beside a writer.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "parsers/page.hpp"
#include "store/database.hpp"
#include "store/redaction.hpp"

namespace boardwalk::store {

// One thing to forget.
struct Target {
  enum class Kind { kRecord, kAuthor, kSite, kFile } kind = Kind::kRecord;
  std::string site;  // of an author or a site
  std::string name;  // a record's id, an author's name, or a file's page key
};
[[nodiscard]] std::string forgotten_key(const Target& target);

// What is kept of a taking down: the receipt.
struct Forgetting {
  std::int64_t at = 0;               // UTC epoch seconds
  std::int64_t records = 0;          // taken out
  std::vector<std::int64_t> hashes;  // of their texts, ascending
};
void put_forgetting(Batch& batch, const Target& target, const Forgetting& forgetting);
// A row of `forgotten` that says what both of these do. kDamaged when one does not fit its layout.
[[nodiscard]] Result<std::string> merged_forgetting(std::string_view a, std::string_view b);
// Puts that of the row that is there and of another taking down of the same; kDamaged as above.
[[nodiscard]] Result<void> add_forgetting(Batch& batch, const Target& target, std::string_view row,
                                          const Forgetting& forgetting);

// The people whom an article names as its editor on one line; all of it where these cannot be told apart, as
// names of Latin letters cannot.
[[nodiscard]] std::vector<std::string> editors_in(const std::string& editor);

class Forgotten {
 public:
  [[nodiscard]] static Result<Forgotten> load(const Database& database);

  [[nodiscard]] bool empty() const { return records_.empty() && authors_.empty() && sites_.empty(); }
  [[nodiscard]] bool has_site(const std::string& site) const { return sites_.contains(site); }
  [[nodiscard]] bool has_file(const std::string& page_key) const { return files_.contains(page_key); }
  // Whether a record of this id, thread and author is taken down, by whatever target.
  [[nodiscard]] bool has(const std::string& site, const std::string& record_id,
                         const parsers::OptionalString& thread_id,
                         const std::vector<std::string>& authors) const;
  [[nodiscard]] bool has(const parsers::Thread& thread) const;
  [[nodiscard]] bool has(const parsers::Post& post) const;
  [[nodiscard]] bool has(const parsers::Article& article) const;
  // Whether everything by this author of the site is. So is what bears a name that is blacked out, where any
  // author's is.
  [[nodiscard]] bool has_author(const std::string& site, const parsers::OptionalString& name) const;
  // The names of such authors of the site.
  [[nodiscard]] std::vector<std::string> authors_of(const std::string& site) const;
  // Whether it is of a post that was taken down, or of such an author.
  [[nodiscard]] bool has(const std::string& site, const parsers::Quote& quote) const;
  // Whether a page of `site` with this text (UTF-8) may say something of a record or author: false for most.
  [[nodiscard]] bool may_be_in(const std::string& site, std::string_view text) const;
  // Blacks out the names of such authors in what a listing of `site` says.
  void black_out_names(const std::string& site, std::string& words) const;
  // Takes the records out of what a page says, and out of the records that stay the quotes of them and the
  // comments, ratings, quotes and names of authors that were taken down, which links lose as well; links
  // whose address is blacked out lead nowhere, and go.
  void take_out(parsers::ParsedPage& page) const;
  [[nodiscard]] const std::set<std::string>& files() const { return files_; }
  [[nodiscard]] const Redaction& redaction() const { return redaction_; }

 private:
  void take_out(parsers::Thread& thread) const;
  void take_out(parsers::Post& post) const;
  void take_out(parsers::Article& article) const;

  // What the records of a site leave on its pages that tells of them.
  struct Signs {
    std::unordered_set<std::string> numbers;  // of posts and threads
    std::vector<std::string> others;          // of these, the ones that are no numbers
    bool any_article = false;                 // which may be on any page
    bool any_quotable = false;                // by its author and time alone
  };
  void add_signs(const std::string& record_id, bool is_quotable);

  std::map<std::string, Signs> signs_;                       // by site
  std::set<std::string> records_, authors_, sites_, files_;  // authors: site 00 name
  Redaction redaction_;
};

}  // namespace boardwalk::store
