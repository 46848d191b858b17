#include "tests/support/special.hpp"

#include "tests/support/words.hpp"

namespace boardwalk::sample {
namespace {

void fill_poll(SpecialFacts& facts, Theme theme, Dice& dice) {
  facts.multiple = facts.ended = theme == Theme::kEndedPoll;
  const int choices = dice.between(3, 6);
  for (int i = 0; i < choices; ++i) {
    facts.poll.push_back({pursuit(dice) + " & " + thing(dice), dice.between(1, 40)});
    facts.voters += facts.poll.back().votes;
  }
}

}  // namespace

SpecialFacts special_facts(const Model& model, const Thread& thread) {
  Dice dice(model.options().seed, 7401, thread.tid);
  SpecialFacts facts;
  switch (thread.theme) {
    case Theme::kPoll:
    case Theme::kEndedPoll:
      fill_poll(facts, thread.theme, dice);
      break;
    case Theme::kReward:
      facts.price = dice.between(1, 50) * 2;
      break;
    case Theme::kSolvedReward:
      facts.price = dice.between(1, 50) * 2;
      if (thread.heads.size() > 1 && !thread.heads[1].deleted) facts.best_pid = thread.heads[1].pid;
      break;
    case Theme::kDebate:
      facts.affirm = sentence(dice);
      facts.negative = sentence(dice);
      facts.affirm_votes = dice.between(1, 60);
      facts.negative_votes = dice.between(1, 60);
      break;
    case Theme::kActivity:
      facts.activity = pursuit(dice);
      facts.place = place(dice);
      facts.starts_at = thread.created_at + 10 * kSecondsADay;
      facts.closes_at = thread.created_at + 7 * kSecondsADay;
      facts.applied = dice.between(1, 12);
      facts.seats = facts.applied + dice.between(0, 20);
      break;
    default:
      break;
  }
  return facts;
}

}  // namespace boardwalk::sample
