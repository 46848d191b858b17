#include "crawler/robots_cache.hpp"

#include "crawler/robots_answer.hpp"
#include "store/bodies.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{4} << 20;  // of texts; rules take several times as much
constexpr std::size_t kEach = 256;                       // what one takes at least

}  // namespace

Result<std::shared_ptr<const Robots>> RobotsCache::of(const store::Database& database, const HostRow& row,
                                                      const std::string& agent) {
  const bool has_rules = row.robots_status >= 200 && row.robots_status < 300;
  const std::string key = agent + '\n' + (has_rules ? row.robots_sha256 : row.robots_reason);
  if (const auto found = parsed_.find(key); found != parsed_.end()) return found->second;
  std::string text;
  if (has_rules && !row.robots_sha256.empty()) {
    auto body = store::get_body(database, row.robots_sha256);
    if (!body && body.error().kind == ErrorKind::kNotFound) return std::shared_ptr<const Robots>();
    if (!body) return tl::unexpected(body.error());
    text = std::move(*body);
  }
  RobotsAnswer answer;
  answer.kind = has_rules ? RobotsAnswer::Kind::kRules : RobotsAnswer::Kind::kUnavailable;
  answer.reason = row.robots_reason;
  if (bytes_ > kMaxBytes) {
    parsed_.clear();
    bytes_ = 0;
  }
  bytes_ += text.size() + kEach;
  return parsed_[key] = std::make_shared<const Robots>(robots_of(answer, text, agent));
}

}  // namespace boardwalk::crawler
