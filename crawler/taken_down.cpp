#include "crawler/taken_down.hpp"

#include <cassert>
#include <utility>

#include "store/records.hpp"
#include "store/schema.hpp"

namespace boardwalk::crawler {

Result<void> TakenDown::leave_out(Step& step) {
  if (!forgotten_) {
    auto loaded = store::Forgotten::load(database_);
    if (!loaded) return tl::unexpected(loaded.error());
    forgotten_ = std::move(*loaded);
  }
  if (forgotten_->empty()) return {};
  if (step.page) forgotten_->take_out(*step.page);
  if (forgotten_->has_site(step.lease.site)) step.answer.body.clear();
  auto redacted =
      store::redacted_body(forgotten_->redaction(), step.answer.body, step.answer.header("content-type"));
  step.redacted = redacted.has_value();
  if (redacted) step.answer.body = std::move(*redacted);
  return {};
}

void TakenDown::put_redacted(store::Batch& batch, const Step& step, store::Visit& visit) {
  assert(step.redacted);
  visit.detail += visit.detail.empty() ? "redacted" : "; redacted";
  store::replace_body(batch, *store::digest_key(visit.sha256), {step.answer.body, 0, true}, nullptr);
}

}  // namespace boardwalk::crawler
