#include "store/body_writer.hpp"

#include <chrono>
#include <system_error>
#include <utility>

#include "parsers/digest.hpp"
#include "store/schema.hpp"
#include "store/visits.hpp"

namespace boardwalk::store {
namespace {

constexpr std::size_t kSampleBytes = std::size_t{12} << 20;  // whose share is the largest dictionary

// Reads every so many of the samples that they fit, and trains on them.
std::string train_on(const Database& database, const std::vector<std::string>& digests, std::size_t most) {
  std::vector<std::string> samples;
  std::size_t bytes = 0;
  for (const auto& digest : digests) {
    auto body = get_body(database, parsers::hex(digest));
    if (!body) continue;  // one that is damaged helps no other page
    bytes += body->size();
    samples.push_back(std::move(*body));
    if (bytes > 2 * kSampleBytes) {
      std::vector<std::string> half;
      for (std::size_t i = 0; i < samples.size(); i += 2) half.push_back(std::move(samples[i]));
      samples = std::move(half);
      bytes = 0;
      for (const auto& sample : samples) bytes += sample.size();
    }
  }
  return train_dictionary(samples, most);
}

}  // namespace

Result<void> BodyWriter::put(Batch& batch, const std::string& site, std::string_view sha256_hex,
                             std::string_view body, PackedBody packed) {
  const auto digest = digest_key(sha256_hex);
  if (!digest) return put_body(batch, sha256_hex, body);  // which says what is wrong with it
  const auto held = batch.get(Family::kBodies, *digest);
  if (!held) return tl::unexpected(held.error());
  if (*held) return {};
  if (auto taken = take_trained(); !taken) return taken;
  const auto host = host_of(site);
  if (!host) return tl::unexpected(host.error());
  begin_training(site, **host);
  note(**host, *digest);
  const Dictionary* newest = (*host)->dictionary.get();
  // What was packed before there was a dictionary would stay larger than need be.
  if (packed.row.empty() || (packed.dictionary == 0 && newest != nullptr)) packed = pack_body(body, newest);
  batch.put(Family::kBodies, *digest, packed.row);
  return {};
}

Result<DictionaryPtr> BodyWriter::dictionary(const std::string& site) {
  const auto host = host_of(site);
  if (!host) return tl::unexpected(host.error());
  return (*host)->dictionary;
}

Result<void> BodyWriter::settle() {
  if (training_) training_->data.wait();
  return take_trained();
}

Result<void> BodyWriter::load_numbers() {
  if (numbers_) return {};
  const auto heads = dictionary_heads(database_);
  if (!heads) return tl::unexpected(heads.error());
  numbers_.emplace();
  for (const auto& head : *heads) (*numbers_)[head.site].push_back(last_number_ = head.number);
  return {};
}

Result<BodyWriter::Host*> BodyWriter::host_of(const std::string& site) {
  const auto [at, fresh] = hosts_.try_emplace(site);
  Host& host = at->second;
  if (!fresh) return &host;
  if (auto loaded = load_numbers(); !loaded) return tl::unexpected(loaded.error());
  if (const auto held = numbers_->find(site); held != numbers_->end()) {
    auto dictionary = database_.dictionaries().find(held->second.back());
    if (!dictionary) return tl::unexpected(dictionary.error());
    host.dictionary = std::move(*dictionary);
    host.trained = static_cast<int>(held->second.size());
  }
  if (auto counted = count(site, host); !counted) return tl::unexpected(counted.error());
  return &host;
}

// Pages that earlier runs have put count as well.
Result<void> BodyWriter::count(const std::string& site, Host& host) {
  const auto each = [&host](const Visit& visit) {
    if (const auto digest = digest_key(visit.sha256)) note(host, *digest);
    return host.pages < kSecondTraining;
  };
  return for_each_visit(database_, each, site + " ");
}

void BodyWriter::note(Host& host, const std::string& digest) {
  if (host.digests.size() < kSamples)
    host.digests.push_back(digest);
  else
    host.digests[host.pages % kSamples] = digest;
  ++host.pages;
  if (!host.dictionary && host.plain.size() < kSecondTraining) host.plain.push_back(digest);
}

void BodyWriter::begin_training(const std::string& site, const Host& host) {
  const std::size_t due = host.trained == 0 ? kFirstTraining : kSecondTraining;
  if (training_ || host.trained > 1 || host.pages < due) return;
  Training training{site, host.digests, {}};
  try {
    training.data = std::async(std::launch::async,
                               [&database = std::as_const(database_), most = next_size(),
                                samples = training.samples] { return train_on(database, samples, most); });
  } catch (const std::system_error&) {
    return;  // no thread is to be had: a later page asks again
  }
  training_ = std::move(training);
}

std::size_t BodyWriter::next_size() const {
  std::size_t together = 0;
  for (const auto& [site, host] : hosts_) together += host.dictionary ? host.dictionary->bytes() : 0;
  return together < large_together_ ? kLargeDictionary : kSmallDictionary;
}

Result<void> BodyWriter::take_trained() {
  if (!training_ || training_->data.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return {};
  Training done = std::move(*training_);
  training_.reset();
  const std::string data = done.data.get();
  Host& host = hosts_[done.site];
  ++host.trained;
  if (data.empty()) return {};
  const int number = ++last_number_;
  Batch batch(database_);
  put_dictionary(batch, {number, done.site, std::move(done.samples)}, data);
  host.dictionary = std::make_shared<Dictionary>(number, data);
  if (auto committed = database_.commit(batch); !committed) return committed;
  return pack_again(host);
}

Result<void> BodyWriter::pack_again(Host& host) {
  Batch batch(database_);
  for (const auto& digest : std::exchange(host.plain, {})) {
    const auto value = database_.get(Family::kBodies, digest);
    if (!value) return tl::unexpected(value.error());
    if (!*value || dictionary_of_body(**value) != 0) continue;
    const auto body = decode_body(database_, digest, **value);
    if (body) replace_body(batch, digest, *body, host.dictionary.get());
    if (batch.bytes() < kBatchBytes) continue;
    if (auto committed = database_.commit(batch); !committed) return committed;
  }
  return database_.commit(batch);
}

}  // namespace boardwalk::store
