#include <fmt/format.h>
#include <zstd.h>

#include <memory>
#include <new>

#include "parsers/digest.hpp"
#include "store/damage.hpp"
#include "store/packed.hpp"
#include "store/records.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

constexpr int kStored = 0;
constexpr int kZstd = 1;
constexpr int kLevel = 3;
constexpr std::int64_t kMostBytes = std::int64_t{1} << 30;  // no body is larger; a length above it is damage

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
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

std::string compress(std::string_view body) {
  thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  std::string data(ZSTD_compressBound(body.size()), '\0');
  const std::size_t size =
      ZSTD_compressCCtx(context.get(), data.data(), data.size(), body.data(), body.size(), kLevel);
  if (ZSTD_isError(size) != 0) throw std::bad_alloc();  // the only way in which compressing memory can fail
  data.resize(size);
  return data;
}

// nullopt when the value is none of a body's.
std::optional<std::string> decode(std::string_view value) {
  Unpacker unpacker(value);
  BodyHead head;
  fields(unpacker, head);
  if (!unpacker.ok() || head.dictionary != 0 || head.length < 0 || head.length > kMostBytes)
    return std::nullopt;
  const std::string_view data = unpacker.rest();
  if (head.codec == kStored) return std::string(data);
  if (head.codec != kZstd) return std::nullopt;
  if (ZSTD_getFrameContentSize(data.data(), data.size()) != static_cast<unsigned long long>(head.length))
    return std::nullopt;
  std::string body(static_cast<std::size_t>(head.length), '\0');
  const std::size_t size = ZSTD_decompress(body.data(), body.size(), data.data(), data.size());
  if (ZSTD_isError(size) != 0 || size != body.size()) return std::nullopt;
  return body;
}

}  // namespace

Result<void> put_body(Batch& batch, std::string_view sha256_hex, std::string_view body) {
  const auto key = digest_key(sha256_hex);
  if (!key) return fail(ErrorKind::kUsage, fmt::format("`{}` is no SHA-256", sha256_hex));
  const auto held = batch.get(Family::kBodies, *key);
  if (!held) return tl::unexpected(held.error());
  if (*held) return {};
  const std::string data = compress(body);
  const bool smaller = data.size() < body.size();
  std::string value = pack(BodyHead{smaller ? kZstd : kStored, 0, static_cast<std::int64_t>(body.size())});
  value += smaller ? std::string_view{data} : body;
  batch.put(Family::kBodies, *key, value);
  return {};
}

Result<std::string> get_body(const Database& database, std::string_view sha256_hex) {
  const auto key = digest_key(sha256_hex);
  auto value = key ? database.get(Family::kBodies, *key) : std::nullopt;
  if (!value) return tl::unexpected(value.error());
  if (!*value)
    return fail(ErrorKind::kNotFound, fmt::format("no page with the digest {} in the archive", sha256_hex));
  auto body = decode(**value);
  if (!body || parsers::sha256_hex(*body) != sha256_hex)
    return damaged_row("bodies", fmt::format("the page with the digest {}", sha256_hex));
  return std::move(*body);
}

}  // namespace boardwalk::store
