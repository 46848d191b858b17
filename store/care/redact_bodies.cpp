#include "store/care/redact_bodies.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "parsers/digest.hpp"
#include "parsers/url.hpp"
#include "store/bodies.hpp"
#include "store/dictionaries.hpp"
#include "store/forgotten.hpp"
#include "store/page_redaction.hpp"
#include "store/schema.hpp"
#include "store/visits.hpp"

namespace boardwalk::store {
namespace {

class Bodies {
 public:
  Bodies(Database& database, const ReplayOptions& options, const ReadingOfRuns& reading,
         const Forgotten& forgotten)
      : database_(database), options_(options), reading_(reading), forgotten_(forgotten) {}

  Result<RedactedBodies> run() {
    if (auto done = find_served_by_forgotten_sites(); !done) return tl::unexpected(done.error());
    if (auto done = look_through(); !done) return tl::unexpected(done.error());
    if (auto done = look_through_unvisited(); !done) return tl::unexpected(done.error());
    if (auto done = renew_dictionaries(); !done) return tl::unexpected(done.error());
    if (auto done = mark_visits(); !done) return tl::unexpected(done.error());
    return counts_;
  }

 private:
  Result<void> find_served_by_forgotten_sites() {
    std::set<std::string>& ours = only_forgotten_;
    auto scanned = for_each_visit(database_, [&](const Visit& visit) {
      const auto digest = digest_key(visit.sha256);
      if (digest && forgotten_.has_site(site_of(visit))) ours.insert(*digest);
      return true;
    });
    if (!scanned || ours.empty()) return scanned;
    return for_each_visit(database_, [&](const Visit& visit) {
      const auto digest = digest_key(visit.sha256);
      if (digest && !forgotten_.has_site(site_of(visit))) ours.erase(*digest);
      return true;
    });
  }

  // Bodies as what their visits say that they are; the same bytes once for each site that served them.
  Result<void> look_through() {
    Result<void> done;
    auto scanned = for_each_visit(database_, [&](const Visit& visit) {
      const auto digest = digest_key(visit.sha256);
      if (digest && seen_.insert(*digest + site_of(visit)).second) done = look_at(*digest, visit);
      return done.has_value();
    });
    return scanned ? done : scanned;
  }

  Result<void> look_through_unvisited() {
    Result<void> done;
    auto scanned = database_.scan(Family::kBodies, "", "", [&](std::string_view digest, std::string_view) {
      const auto seen = seen_.lower_bound(std::string(digest));
      if (seen == seen_.end() || !seen->starts_with(digest)) done = look_at(std::string(digest), {});
      return done.has_value();
    });
    return scanned ? done : scanned;
  }

  Result<void> look_at(const std::string& digest, const Visit& visit) {
    const auto value = database_.get(Family::kBodies, digest);
    if (!value) return tl::unexpected(value.error());
    if (!*value) return {};
    Batch batch(database_);
    if (only_forgotten_.contains(digest)) {
      batch.erase(Family::kBodies, digest);
    } else {
      const auto body = decode_body(database_, digest, **value);
      if (!body) return {};  // damaged: it says nothing that could be found
      if (body->redacted)
        redacted_.insert(digest);  // by a call that was cut off, maybe before it marked the visits
      const auto url = parsers::parse_url(visit.url);
      const std::string content_type = content_type_of(visit);
      const parsers::PageInput input{visit.url,
                                     body->bytes,
                                     content_type,
                                     visit.fetched_at / 1000,
                                     reading_.of(visit.run).zone,
                                     url && options_.rules != nullptr ? options_.rules->find(*url) : nullptr};
      const auto redacted = redacted_page(forgotten_, input, parsers::hex(digest), workspace_);
      if (!redacted) return {};
      replace_body(batch, digest, {redacted->body, 0, true}, nullptr);
      redacted_.insert(digest);
    }
    counts_.pages.insert(digest);
    return database_.commit(batch);
  }

  // A dictionary names all that it was trained on, and nothing of that is ever black: so one that saw what
  // must go is found, whenever the blacking out was cut off.
  Result<void> renew_dictionaries() {
    const auto heads = dictionary_heads(database_);
    if (!heads) return tl::unexpected(heads.error());
    int next = heads->empty() ? 1 : heads->back().number + 1;
    for (const auto& head : *heads) {
      DictionaryHead fresh{next, head.site, {}};
      std::vector<std::string> samples;
      for (const auto& digest : head.samples) {
        auto body = body_of(digest);
        if (!body) return tl::unexpected(body.error());
        if (!*body || (*body)->redacted) continue;
        fresh.samples.push_back(digest);
        samples.push_back(std::move((*body)->bytes));
      }
      if (fresh.samples == head.samples) continue;
      ++counts_.dictionaries;
      ++next;
      if (auto renewed = renew(head.number, fresh, samples); !renewed) return renewed;
    }
    return {};
  }

  // Absent when it is not held, or cannot be read.
  Result<std::optional<StoredBody>> body_of(const std::string& digest) {
    const auto value = database_.get(Family::kBodies, digest);
    if (!value) return tl::unexpected(value.error());
    if (!*value) return std::nullopt;
    auto body = decode_body(database_, digest, **value);
    return body ? std::optional(std::move(*body)) : std::nullopt;
  }

  Result<void> renew(int old_number, const DictionaryHead& fresh, const std::vector<std::string>& samples) {
    const std::string data = train_dictionary(samples);
    std::shared_ptr<const Dictionary> dictionary;
    Batch batch(database_);
    if (!data.empty()) {
      put_dictionary(batch, fresh, data);
      dictionary = std::make_shared<Dictionary>(fresh.number, data);
    }
    if (auto committed = database_.commit(batch); !committed) return committed;
    if (auto packed = pack_again(old_number, dictionary.get()); !packed) return packed;
    erase_dictionary(batch, old_number);
    return database_.commit(batch);
  }

  // Everything that the old dictionary packed.
  Result<void> pack_again(int number, const Dictionary* dictionary) {
    Batch batch(database_);
    Result<void> done;
    auto scanned = database_.scan(Family::kBodies, "", "", [&](std::string_view key, std::string_view value) {
      if (dictionary_of_body(value) != number) return true;
      const auto body = decode_body(database_, key, value);
      if (!body) return true;
      replace_body(batch, key, *body, dictionary);
      if (batch.bytes() > kBatchBytes) done = database_.commit(batch);
      return done.has_value();
    });
    if (!scanned) return scanned;
    return done ? database_.commit(batch) : done;
  }

  Result<void> mark_visits() {
    Batch batch(database_);
    constexpr std::string_view kMark = "redacted";
    Result<void> done;
    auto scanned = for_each_visit(database_, [&](Visit visit) {
      const auto digest = digest_key(visit.sha256);
      if (forgotten_.has_site(site_of(visit))) {
        batch.erase(Family::kVisits, visit_key(visit.key, visit.fetched_at));
      } else if (digest && redacted_.contains(*digest) && !visit.detail.ends_with(kMark)) {
        visit.detail += visit.detail.empty() ? "" : "; ";
        visit.detail += kMark;
        put_visit(batch, visit);
      }
      if (batch.bytes() > kBatchBytes) done = database_.commit(batch);
      return done.has_value();
    });
    if (!scanned) return scanned;
    return done ? database_.commit(batch) : done;
  }

  Database& database_;
  const ReplayOptions& options_;
  const ReadingOfRuns& reading_;
  const Forgotten& forgotten_;
  parsers::Workspace workspace_;
  std::set<std::string> only_forgotten_, redacted_;  // digests
  std::set<std::string> seen_;                       // digest, site
  RedactedBodies counts_;
};

}  // namespace

Result<RedactedBodies> redact_bodies(Database& database, const ReplayOptions& options) {
  const auto forgotten = Forgotten::load(database);
  if (!forgotten) return tl::unexpected(forgotten.error());
  if (forgotten->empty()) return RedactedBodies{};
  const auto reading = ReadingOfRuns::load(database, options);
  if (!reading) return tl::unexpected(reading.error());
  return Bodies(database, options, *reading, *forgotten).run();
}

}  // namespace boardwalk::store
