#include "crawler/come_back.hpp"

#include "crawler/grown_thread.hpp"
#include "parsers/page_key.hpp"
#include "store/vanished.hpp"

namespace boardwalk::crawler {
namespace {

using parsers::LinkRole;
using parsers::Outcome;

// Epoch seconds.
std::optional<std::int64_t> dated(const Step& step, const UrlRow& row) {
  if (row.modified > 0) return row.modified;
  if (!step.page || step.page->articles.empty()) return std::nullopt;
  const auto& article = step.page->articles.front();
  const auto& moment = article.modified_at ? article.modified_at : article.published_at;
  return moment ? std::optional(moment->epoch()) : std::nullopt;
}

// The numbers of the thread's pages that this one makes worth another look.
Result<std::vector<int>> pages_to_go_on_with(const store::Database& database, const Step& step, int added) {
  const parsers::ThreadPage& page = *step.page->thread_page;
  std::vector<int> numbers;
  if (const int older = page_to_go_on_with(page, added); older >= 1) numbers.push_back(older);
  const auto url = parsers::parse_url(step.answer.url);
  if (!url || page.number >= page.pages.value_or(page.number)) return numbers;
  const auto before = pages_before(database, url->site(), page.thread_id);
  if (!before) return tl::unexpected(before.error());
  for (const int number : pages_grown_back(page, *before)) numbers.push_back(number);
  return numbers;
}

}  // namespace

Found found_now(const Step& step, const UrlRow& before, Outcome outcome, bool led_on) {
  Found found;
  found.role = before.link_role();
  if (step.page && step.page->kind == parsers::PageKind::kArticle) found.role = LinkRole::kArticle;
  found.outcome = outcome;
  found.first = !before.fetched();
  // An answer that was no page at all left step 0 behind, an empty one its own.
  found.refused = before.fetched() && (is_refusal(*before.outcome(), before.last_status) ||
                                       *before.outcome() == Outcome::kNotHtml);
  found.changed = step.content.sha256.empty() ? led_on : outcome == Outcome::kOk;
  if (const auto since = dated(step, before)) found.age = step.answer.ended_at - *since * 1000;
  found.status = step.answer.status;
  found.empty = outcome == Outcome::kNotHtml && step.answer.body.empty();
  return found;
}

Result<int> vanished_posts(store::Batch& batch, const Step& step, const UrlRow& before, Outcome outcome,
                           const parsers::site::RuleSet* rules, std::int64_t since) {
  if (before.content_sha256.empty()) return 0;  // of a view that was never read, or leads elsewhere
  const bool read = outcome == Outcome::kOk || outcome == Outcome::kUnchanged;
  if (read && step.page && step.answer.outcome == Outcome::kOk)
    return store::mark_vanished(batch, *step.page, since / 1000);
  if (outcome != Outcome::kNotFound && outcome != Outcome::kGone) return 0;
  const auto url = parsers::parse_url(step.answer.url);
  return url ? store::mark_page_gone(batch, *url, rules, step.answer.ended_at / 1000) : Result<int>(0);
}

Result<void> go_on_by_posts(const store::Database& database, store::Batch& batch, Frontier& frontier,
                            const Step& step, int added) {
  if (!step.page || !step.page->thread_page) return {};
  const auto numbers = pages_to_go_on_with(database, step, added);
  if (!numbers) return tl::unexpected(numbers.error());
  for (const int number : *numbers) {
    const std::string key = key_of_page(step.lease.key, number);
    const auto row = read_url(batch, key);
    if (!row) return tl::unexpected(row.error());
    if (!*row || !(*row)->fetched() || (*row)->sweep >= frontier.sweep_of((*row)->site)) continue;
    const auto queued = frontier.requeue(batch, key);
    if (!queued) return tl::unexpected(queued.error());
  }
  return {};
}

}  // namespace boardwalk::crawler
