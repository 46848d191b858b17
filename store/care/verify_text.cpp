#include <fmt/format.h>
#include <xapian.h>

#include <functional>
#include <optional>
#include <vector>

#include "store/care/verify.hpp"
#include "store/record_rows.hpp"
#include "store/text_grams.hpp"
#include "store/text_marks.hpp"
#include "store/xapian_state.hpp"

namespace boardwalk::store {
namespace {

constexpr const char* kAffects =
    "the speed of `query --text` and `--fold`; boardwalk index --anew makes it anew";
constexpr const char* kMisleads =
    "what `query --text` and `--fold` find; boardwalk index --anew makes it anew";

// The index against the records, one by one; those that are marked may differ. What terms a document has is
// known by the sum of their hashes: the index goes from terms to documents, and is read through once.
class Documents {
 public:
  Documents(const Database& database, const Xapian::Database& index, const Tell& tell)
      : database_(database), index_(index), tell_(tell), sums_(index.get_lastdocid() + std::size_t{1}) {}

  Result<void> run() {
    add_up();
    auto scanned =
        database_.scan(Family::kRecords, "", "", [&](std::string_view key, std::string_view value) {
          const auto record = parse_record_value(value);
          if (!key.empty() && is_indexed(key.front()) && record && !is_marked(key)) check(key, record->json);
          return true;
        });
    if (!scanned) return scanned;
    const std::int64_t documents = documents_of_records();
    if (documents != found_ + marked_documents())
      tell_({fmt::format("the full-text index has {} documents where {} are of records", documents, found_),
             kAffects});
    return {};
  }

 private:
  void add_up() {
    for (auto term = index_.allterms_begin(); term != index_.allterms_end(); ++term) {
      const std::size_t hash = std::hash<std::string>{}(*term);
      for (auto posting = index_.postlist_begin(*term); posting != index_.postlist_end(*term); ++posting)
        sums_.at(*posting) += hash;
    }
  }

  bool is_marked(std::string_view key) {
    const auto mark = database_.get(Family::kMeta, std::string(kTextMarks).append(key));
    return mark && *mark;
  }

  // Of a record that is there.
  [[nodiscard]] std::optional<std::uint32_t> document_of(const std::string& term) const {
    auto newest = newest_document(index_, term);
    if (newest && index_.get_document(*newest).get_data().empty()) newest.reset();
    return newest;
  }

  void check(std::string_view key, std::string_view json) {
    const auto document = document_of(document_term(key));
    if (!document) {
      tell_({fmt::format("the full-text index does not have the {} {}", kind_word(key.front()),
                         parse_record_key(key)->id),
             kMisleads});
      return;
    }
    ++found_;
    std::size_t expected = std::hash<std::string>{}(document_term(key));
    for (const auto& gram : grams_of_text(indexed_text(key.front(), json)))
      expected += std::hash<std::string>{}(gram);
    if (sums_.at(*document) != expected ||
        index_.get_document(*document).get_data() != document_data(key, json))
      tell_({fmt::format("the full-text index has something else of the {} {}", kind_word(key.front()),
                         parse_record_key(key)->id),
             kMisleads});
  }

  // The newest of each, but of those that are gone; a gram has no capital letter.
  std::int64_t documents_of_records() {
    std::int64_t count = 0;
    for (auto term = index_.allterms_begin("Q"); term != index_.allterms_end("Q"); ++term)
      count += document_of(*term) ? 1 : 0;
    return count;
  }

  // Of records as they were before, or that are gone.
  std::int64_t marked_documents() {
    std::int64_t count = 0;
    (void)database_.scan(Family::kMeta, kTextMarks, kTextMarks, [&](std::string_view key, std::string_view) {
      count += document_of(document_term(key.substr(kTextMarks.size()))) ? 1 : 0;
      return true;
    });
    return count;
  }

  const Database& database_;
  const Xapian::Database& index_;
  const Tell& tell_;
  std::vector<std::size_t> sums_;  // by number
  std::int64_t found_ = 0;
};

}  // namespace

// One that is missing or does not fit is never asked: nothing is wrong then.
Result<void> verify_text(const Database& database, const Tell& tell) {
  const auto path = text_index_path(database.directory());
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return {};
  try {
    const Xapian::Database index(path.string());
    if (why_unfit(database, state_of(index))) return {};
    return Documents(database, index, tell).run();
  } catch (const Xapian::DatabaseModifiedError&) {
    return {};  // a crawl that ends beside us brings it up to date
  } catch (const Xapian::Error& damage) {
    tell({fmt::format("the full-text index {} cannot be read: {}", path.string(), damage.get_description()),
          kAffects});
    return {};
  }
}

}  // namespace boardwalk::store
