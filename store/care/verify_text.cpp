#include <fmt/format.h>
#include <xapian.h>

#include <set>

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

std::set<std::string> terms_of(const Xapian::Document& document) {
  return {document.termlist_begin(), document.termlist_end()};
}

// The index against the records, one by one; those that are marked may differ.
class Documents {
 public:
  Documents(const Database& database, const Xapian::Database& index, const Tell& tell)
      : database_(database), index_(index), tell_(tell) {}

  Result<void> run() {
    auto scanned =
        database_.scan(Family::kRecords, "", "", [&](std::string_view key, std::string_view value) {
          const auto record = parse_record_value(value);
          if (!key.empty() && is_indexed(key.front()) && record && !is_marked(key)) check(key, record->json);
          return true;
        });
    if (!scanned) return scanned;
    const std::int64_t documents = index_.get_doccount();
    if (documents != found_ + marked_documents())
      tell_({fmt::format("the full-text index has {} documents where {} are of records", documents, found_),
             kAffects});
    return {};
  }

 private:
  bool is_marked(std::string_view key) {
    const auto mark = database_.get(Family::kMeta, std::string(kTextMarks).append(key));
    return mark && *mark;
  }

  void check(std::string_view key, std::string_view json) {
    const auto posting = index_.postlist_begin(document_term(key));
    if (posting == index_.postlist_end(document_term(key))) {
      tell_({fmt::format("the full-text index does not have the {} {}", kind_word(key.front()),
                         parse_record_key(key)->id),
             kMisleads});
      return;
    }
    ++found_;
    const auto document = index_.get_document(*posting);
    const auto grams = grams_of_text(indexed_text(key.front(), json));
    std::set<std::string> expected(grams.begin(), grams.end());
    expected.insert(document_term(key));
    if (terms_of(document) != expected || document.get_data() != document_data(key, json))
      tell_({fmt::format("the full-text index has something else of the {} {}", kind_word(key.front()),
                         parse_record_key(key)->id),
             kMisleads});
  }

  // Of records as they were before, or that are gone.
  std::int64_t marked_documents() {
    std::int64_t count = 0;
    (void)database_.scan(Family::kMeta, kTextMarks, kTextMarks, [&](std::string_view key, std::string_view) {
      count += index_.term_exists(document_term(key.substr(kTextMarks.size()))) ? 1 : 0;
      return true;
    });
    return count;
  }

  const Database& database_;
  const Xapian::Database& index_;
  const Tell& tell_;
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
