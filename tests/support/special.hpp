// What stands in the box of a special thread: a poll, a reward, a debate, an activity. (A trade's goods stand
// in the Thread, as they have post ids.) Made from the seed and the tid alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/model.hpp"

namespace boardwalk::sample {

struct PollChoice {
  std::string text{};
  int votes = 0;
};

struct SpecialFacts {
  std::vector<PollChoice> poll{};  // votes show only when it has ended
  bool multiple = false;
  bool ended = false;
  int voters = 0;
  int price = 0;              // reward
  std::int64_t best_pid = 0;  // the reward's best answer; 0: open
  std::string affirm{};       // debate
  std::string negative{};
  int affirm_votes = 0;
  int negative_votes = 0;
  std::string activity{};
  std::string place{};
  std::int64_t starts_at = 0;
  std::int64_t closes_at = 0;
  int seats = 0;
  int applied = 0;
};

[[nodiscard]] SpecialFacts special_facts(const Model& model, const Thread& thread);

}  // namespace boardwalk::sample
