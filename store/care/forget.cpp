#include "store/care/forget.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "store/care/reparse.hpp"
#include "store/dictionaries.hpp"
#include "store/json_field.hpp"
#include "store/query.hpp"
#include "store/record_rows.hpp"
#include "store/records.hpp"
#include "store/schema.hpp"
#include "store/text_update.hpp"
#include "store/visits.hpp"

namespace boardwalk::store {
namespace {

// What the target means in this archive: how many records, and their texts in all versions.
struct Found {
  std::int64_t records = 0;
  Redaction redaction;
};

bool is_meant(const Target& target, const RecordKey& key, std::string_view json) {
  if (key.site != target.site && target.kind != Target::Kind::kRecord) return false;
  if (target.kind == Target::Kind::kSite) return true;
  if (target.kind == Target::Kind::kAuthor) {
    if (key.kind == kArticleRow) {
      const auto authors = text_list_field(json, "authors");
      return std::find(authors.begin(), authors.end(), target.name) != authors.end();
    }
    return key.kind != kBoardRow && text_field(json, "author") == target.name;
  }
  return text_field(json, "id") == target.name ||
         (key.kind == kPostRow &&
          target.name == parsers::thread_record_id(std::string(key.site), std::string(key.thread_id)));
}

Result<Found> find(const Database& database, const Target& target) {
  Found found;
  std::vector<std::string> ids;
  auto scanned = database.scan(Family::kRecords, "", "", [&](std::string_view key, std::string_view value) {
    const auto parsed = parse_record_key(key);
    const auto row = parse_record_value(value);
    if (!parsed || !row || !is_meant(target, *parsed, row->json)) return true;
    ++found.records;
    ids.push_back(text_field(row->json, "id").value_or(""));
    if (target.kind != Target::Kind::kSite) found.redaction.add(text_field(row->json, "text").value_or(""));
    return true;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  if (target.kind == Target::Kind::kSite) return found;
  for (const auto& id : ids) {
    const auto versions = versions_json(database, id);
    if (!versions) return tl::unexpected(versions.error());
    for (const auto& version : *versions) found.redaction.add(text_field(version, "text").value_or(""));
  }
  return found;
}

// The bodies of an archive, looked through and replaced where they have to be.
class Bodies {
 public:
  Bodies(Database& database, const Forgotten& forgotten) : database_(database), forgotten_(forgotten) {}

  Result<ForgetReceipt> run() {
    if (auto done = read_visits(); !done) return tl::unexpected(done.error());
    if (auto done = redact(); !done) return tl::unexpected(done.error());
    if (auto done = renew_dictionaries(); !done) return tl::unexpected(done.error());
    if (auto done = mark_visits(); !done) return tl::unexpected(done.error());
    return receipt_;
  }

 private:
  static std::string site_of(const Visit& visit) { return visit.key.substr(0, visit.key.find(' ')); }

  // Which digests only forgotten sites name, and as what each was served.
  Result<void> read_visits() {
    std::set<std::string> kept;
    auto scanned = for_each_visit(database_, [&](const Visit& visit) {
      const auto digest = digest_key(visit.sha256);
      if (!digest) return true;
      if (forgotten_.has_site(site_of(visit)))
        only_forgotten_.insert(*digest);
      else
        kept.insert(*digest);
      for (const auto& [name, value] : visit.headers)
        if (name == "content-type" || name == "Content-Type") content_types_[*digest] = value;
      return true;
    });
    for (const auto& digest : kept) only_forgotten_.erase(digest);
    return scanned;
  }

  Result<void> redact() {
    std::optional<Error> error;
    auto scanned = database_.scan(Family::kBodies, "", "", [&](std::string_view key, std::string_view value) {
      const std::string digest{key};
      Batch batch(database_);
      if (only_forgotten_.contains(digest)) {
        batch.erase(Family::kBodies, key);
      } else {
        const auto body = decode_body(database_, key, value);
        if (!body) return true;  // damaged: it says nothing that could be found
        const auto redacted = redacted_body(forgotten_.redaction(), body->bytes, content_types_[digest]);
        if (!redacted) return true;
        replace_body(batch, key, {*redacted, 0, true}, nullptr);
        redacted_.insert(digest);
      }
      touched_.insert(digest);
      ++receipt_.pages;
      if (auto committed = database_.commit(batch); !committed) error = committed.error();
      return !error;
    });
    if (!scanned) return scanned;
    return error ? Result<void>(tl::unexpected(*error)) : Result<void>{};
  }

  Result<void> renew_dictionaries() {
    const auto heads = dictionary_heads(database_);
    if (!heads) return tl::unexpected(heads.error());
    int next = heads->empty() ? 1 : heads->back().number + 1;
    for (const auto& head : *heads) {
      const bool saw = std::any_of(head.samples.begin(), head.samples.end(),
                                   [this](const auto& sample) { return touched_.contains(sample); });
      if (!saw) continue;
      ++receipt_.dictionaries;
      if (auto renewed = renew(head, next++); !renewed) return renewed;
    }
    return {};
  }

  Result<void> renew(const DictionaryHead& head, int number) {
    std::vector<std::string> samples;
    DictionaryHead fresh{number, head.site, {}};
    for (const auto& digest : head.samples) {
      auto body = get_body(database_, digest_hex(digest));
      if (!body) continue;
      fresh.samples.push_back(digest);
      samples.push_back(std::move(*body));
    }
    const std::string data = train_dictionary(samples);
    std::shared_ptr<const Dictionary> dictionary;
    Batch batch(database_);
    if (!data.empty()) {
      put_dictionary(batch, fresh, data);
      dictionary = std::make_shared<Dictionary>(number, data);
    }
    if (auto committed = database_.commit(batch); !committed) return committed;
    if (auto packed = pack_again(head.number, dictionary.get()); !packed) return packed;
    erase_dictionary(batch, head.number);
    return database_.commit(batch);
  }

  // Everything that the old dictionary packed.
  Result<void> pack_again(int number, const Dictionary* dictionary) {
    Batch batch(database_);
    std::optional<Error> error;
    auto scanned = database_.scan(Family::kBodies, "", "", [&](std::string_view key, std::string_view value) {
      const auto body = decode_body(database_, key, value);
      if (!body || body->dictionary != number) return true;
      replace_body(batch, key, *body, dictionary);
      if (batch.bytes() > (std::size_t{4} << 20))
        if (auto committed = database_.commit(batch); !committed) error = committed.error();
      return !error;
    });
    if (!scanned) return scanned;
    return error ? Result<void>(tl::unexpected(*error)) : database_.commit(batch);
  }

  // Visits of a forgotten site go with what the crawler knows of its pages; those of blacked out pages say
  // so.
  Result<void> mark_visits() {
    Batch batch(database_);
    constexpr std::string_view kMark = "redacted";
    auto scanned = for_each_visit(database_, [&](Visit visit) {
      const auto digest = digest_key(visit.sha256);
      if (forgotten_.has_site(site_of(visit))) {
        batch.erase(Family::kVisits, visit_key(visit.key, visit.fetched_at));
      } else if (digest && redacted_.contains(*digest) && !visit.detail.ends_with(kMark)) {
        visit.detail += visit.detail.empty() ? "" : "; ";
        visit.detail += kMark;
        put_visit(batch, visit);
      }
      return true;
    });
    if (!scanned) return scanned;
    return database_.commit(batch);
  }

  Database& database_;
  const Forgotten& forgotten_;
  std::set<std::string> only_forgotten_, redacted_, touched_;  // digests
  std::map<std::string, std::string> content_types_;           // by digest
  ForgetReceipt receipt_;
};

}  // namespace

Result<ForgetReceipt> redact_bodies(Database& database) {
  const auto forgotten = Forgotten::load(database);
  if (!forgotten) return tl::unexpected(forgotten.error());
  if (forgotten->empty()) return ForgetReceipt{};
  return Bodies(database, *forgotten).run();
}

namespace {

// Where there is none, the marks of what has gone are not kept either.
Result<void> renew_text_index(Database& database, bool is_wanted) {
  if (!is_wanted) return drop_text_index(database);
  const auto made = update_text_index(database);
  return made ? Result<void>{} : tl::unexpected(made.error());
}

}  // namespace

Result<ForgetReceipt> forget(Database& database, const Target& target, const Reading& reading,
                             std::int64_t at) {
  const auto found = find(database, target);
  if (!found) return tl::unexpected(found.error());
  const auto row = database.get(Family::kForgotten, forgotten_key(target));
  if (!row) return tl::unexpected(row.error());
  if (found->records == 0 && !*row)
    return fail(ErrorKind::kNotFound, fmt::format("nothing of {} in the archive; `query` lists what there is",
                                                  target.name.empty() ? target.site : target.name));
  if (found->records > 0) {
    Batch batch(database);
    put_forgetting(batch, target, {at, found->records, found->redaction.hashes()});
    if (auto committed = database.commit(batch); !committed) return tl::unexpected(committed.error());
  }
  const bool had_text_index = has_text_index(database);
  if (auto dropped = drop_text_index(database); !dropped) return tl::unexpected(dropped.error());
  auto receipt = redact_bodies(database);
  if (!receipt) return receipt;
  if (const auto derived = reparse(database, reading, [](const RecordChange&) {}); !derived)
    return tl::unexpected(derived.error());
  if (auto renewed = renew_text_index(database, had_text_index); !renewed)
    return tl::unexpected(renewed.error());
  if (auto compacted = database.compact(); !compacted) return tl::unexpected(compacted.error());
  receipt->records = found->records;
  return receipt;
}

}  // namespace boardwalk::store
