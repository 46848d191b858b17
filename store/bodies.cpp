#include "store/bodies.hpp"

#include <fmt/format.h>
// For ZSTD_c_forceAttachDict: zstd 1.5 offers it without the promise that later versions will.
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

#include <memory>
#include <new>

#include "config/job.hpp"
#include "parsers/digest.hpp"
#include "store/damage.hpp"
#include "store/dictionaries.hpp"
#include "store/packed.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

constexpr int kStored = 0;
constexpr int kZstd = 1;
constexpr int kRedacted = 2;                             // a zstd frame
constexpr std::size_t kMostKept = std::size_t{1} << 20;  // bytes of room to compress into

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

struct BodyHead {
  int codec = kStored;
  int dictionary = 0;
  std::int64_t length = 0;
};

template <typename Archive, typename Row>
void fields(Archive& archive, Row& head) {
  archive(head.codec);
  archive(head.dictionary);
  archive(head.length);
}

using Packer = std::unique_ptr<ZSTD_CCtx, FreeContext>;

Packer make_packer() {
  Packer packer(ZSTD_createCCtx());
  if (!packer) throw std::bad_alloc();
  ZSTD_CCtx_setParameter(packer.get(), ZSTD_c_compressionLevel, kPackingLevel);
  // A page's tables begin empty and point into the dictionary's, which otherwise would be copied for each
  // page.
  ZSTD_CCtx_setParameter(packer.get(), ZSTD_c_forceAttachDict, ZSTD_dictForceAttach);
  return packer;
}

// Appends to a row what zstd makes of the body.
void compress(std::string_view body, const Dictionary* dictionary, std::string& row) {
  thread_local const Packer packer = make_packer();
  thread_local std::string room;  // kept, unless it is uncommonly large: zeroing it takes time
  const std::size_t most = ZSTD_compressBound(body.size());
  if (room.size() < most) room.resize(most);
  ZSTD_CCtx_refCDict(packer.get(), dictionary != nullptr ? dictionary->to_pack() : nullptr);
  const std::size_t size = ZSTD_compress2(packer.get(), room.data(), most, body.data(), body.size());
  if (ZSTD_isError(size) != 0) throw std::bad_alloc();  // the only way in which compressing memory can fail
  row.append(room, 0, size);
  if (room.size() > kMostKept) room = std::string();
}

// nullopt when the frame does not hold so many bytes.
std::optional<std::string> decompress(std::string_view frame, std::int64_t length,
                                      const Dictionary* dictionary) {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  if (ZSTD_getFrameContentSize(frame.data(), frame.size()) != static_cast<unsigned long long>(length))
    return std::nullopt;
  std::string body(static_cast<std::size_t>(length), '\0');
  const std::size_t size =
      dictionary != nullptr
          ? ZSTD_decompress_usingDDict(context.get(), body.data(), body.size(), frame.data(), frame.size(),
                                       dictionary->to_unpack())
          : ZSTD_decompressDCtx(context.get(), body.data(), body.size(), frame.data(), frame.size());
  if (ZSTD_isError(size) != 0 || size != body.size()) return std::nullopt;
  return body;
}

std::string row_of(std::string_view body, bool redacted, const Dictionary* dictionary) {
  const auto head_of = [&body](int codec, int number) {
    return pack(BodyHead{codec, number, static_cast<std::int64_t>(body.size())});
  };
  std::string row = head_of(redacted ? kRedacted : kZstd, dictionary != nullptr ? dictionary->number() : 0);
  const std::size_t head = row.size();
  compress(body, dictionary, row);
  if (redacted || row.size() - head < body.size()) return row;
  row = head_of(kStored, 0);
  row += body;
  return row;
}

tl::unexpected<Error> damaged_body(std::string_view sha256_hex) {
  return damaged_row("bodies", fmt::format("the page with the digest {}", sha256_hex));
}

}  // namespace

Result<void> put_body(Batch& batch, std::string_view sha256_hex, std::string_view body,
                      const Dictionary* dictionary) {
  const auto key = digest_key(sha256_hex);
  if (!key) return fail(ErrorKind::kUsage, fmt::format("`{}` is no SHA-256", sha256_hex));
  const auto held = batch.get(Family::kBodies, *key);
  if (!held) return tl::unexpected(held.error());
  if (*held) return {};
  batch.put(Family::kBodies, *key, row_of(body, false, dictionary));
  return {};
}

PackedBody pack_body(std::string_view body, const Dictionary* dictionary) {
  return {row_of(body, false, dictionary), dictionary != nullptr ? dictionary->number() : 0};
}

void replace_body(Batch& batch, std::string_view key, const StoredBody& body, const Dictionary* dictionary) {
  batch.put(Family::kBodies, key, row_of(body.bytes, body.redacted, dictionary));
}

Result<std::string> get_body(const Database& database, std::string_view sha256_hex) {
  const auto key = digest_key(sha256_hex);
  auto value = key ? database.get(Family::kBodies, *key) : std::nullopt;
  if (!value) return tl::unexpected(value.error());
  if (!*value)
    return fail(ErrorKind::kNotFound, fmt::format("no page with the digest {} in the archive", sha256_hex));
  auto body = decode_body(database, *key, **value);
  if (!body) return tl::unexpected(body.error());
  return std::move(body->bytes);
}

int dictionary_of_body(std::string_view value) {
  Unpacker unpacker(value);
  BodyHead head;
  fields(unpacker, head);
  return unpacker.ok() ? head.dictionary : 0;
}

Result<StoredBody> decode_body(const Database& database, std::string_view key, std::string_view value) {
  Unpacker unpacker(value);
  BodyHead head;
  fields(unpacker, head);
  const bool readable =
      unpacker.ok() && head.length >= 0 && head.length <= config::kMostPageBytes &&
      (head.codec == kZstd || head.codec == kRedacted || (head.codec == kStored && head.dictionary == 0));
  if (!readable) return damaged_body(parsers::hex(key));
  DictionaryPtr dictionary;
  if (head.dictionary != 0) {
    auto found = database.dictionaries().find(head.dictionary);
    if (!found) return tl::unexpected(found.error());
    dictionary = std::move(*found);
  }
  auto body = head.codec == kStored ? std::string(unpacker.rest())
                                    : decompress(unpacker.rest(), head.length, dictionary.get());
  const bool redacted = head.codec == kRedacted;
  if (!body || (!redacted && digest_key(parsers::sha256_hex(*body)) != key))
    return damaged_body(parsers::hex(key));
  return StoredBody{std::move(*body), head.dictionary, redacted};
}

}  // namespace boardwalk::store
