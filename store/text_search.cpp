#include "store/text_search.hpp"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <utility>

#include "store/xapian_state.hpp"

namespace boardwalk::store {
namespace {

constexpr std::size_t kGramsLookedUp = 256;
constexpr std::size_t kGramsAsked = 32;  // the rarest; more hardly leave out anything

TextSearch trouble(std::string why) { return {std::nullopt, std::move(why), true}; }

std::string remedy(const Database& database) {
  return fmt::format("boardwalk index --archive {} makes it anew", database.directory().string());
}

// The rarest of them first; the one in front tells how many documents there can be.
std::vector<std::pair<Xapian::doccount, std::string>> by_rarity(const Xapian::Database& index,
                                                                std::vector<std::string> grams) {
  if (grams.size() > kGramsLookedUp) grams.resize(kGramsLookedUp);
  std::vector<std::pair<Xapian::doccount, std::string>> sorted;
  for (auto& gram : grams) sorted.emplace_back(index.get_termfreq(gram), std::move(gram));
  std::sort(sorted.begin(), sorted.end());
  if (sorted.size() > kGramsAsked) sorted.resize(kGramsAsked);
  return sorted;
}

TextSearch search(const Xapian::Database& index, char kind, std::vector<std::string> grams,
                  std::uint64_t most) {
  TextSearch search{std::vector<Candidate>{}, {}, false};
  const auto rarest = by_rarity(index, std::move(grams));
  if (rarest.front().first == 0) return search;
  std::vector<std::string> terms;
  for (const auto& [count, gram] : rarest) terms.push_back(gram);
  Xapian::Enquire enquire(index);
  enquire.set_query(Xapian::Query(Xapian::Query::OP_AND, terms.begin(), terms.end()));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(Xapian::Enquire::DESCENDING);
  const auto wanted = static_cast<Xapian::doccount>(std::min<std::uint64_t>(most + 1, index.get_doccount()));
  const Xapian::MSet matches = enquire.get_mset(0, wanted);
  if (matches.size() > most)
    return {std::nullopt, fmt::format("more than {} records have what these words are found by", most),
            false};
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    auto candidate = candidate_from(match.get_document().get_data());
    if (!candidate) throw Xapian::DatabaseCorruptError("a document without a key");
    if (candidate->key.front() == kind) search.found->push_back(std::move(*candidate));
  }
  return search;
}

}  // namespace

TextSearch search_text(const Database& database, char kind, std::vector<std::string> grams,
                       std::uint64_t most) {
  const auto path = text_index_path(database.directory());
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    return trouble(fmt::format("there is no full-text index of {}; boardwalk index --archive {} makes one",
                               database.directory().string(), database.directory().string()));
  try {
    const Xapian::Database index(path.string());
    if (const auto why = why_unfit(database, state_of(index)))
      return trouble(fmt::format("the full-text index {} {}; {}", path.string(), *why, remedy(database)));
    return search(index, kind, std::move(grams), most);
  } catch (const Xapian::DatabaseModifiedError&) {
    return trouble(fmt::format("the full-text index {} is being brought up to date", path.string()));
  } catch (const Xapian::Error& damage) {
    return trouble(fmt::format("the full-text index {} cannot be read ({}); {}", path.string(),
                               damage.get_description(), remedy(database)));
  }
}

}  // namespace boardwalk::store
