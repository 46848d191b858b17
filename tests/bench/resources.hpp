// What this process has used so far, as Linux tells it.
#pragma once

namespace boardwalk::bench {

[[nodiscard]] double cpu_micros();  // of all threads

// How often one of its threads gave its processor back to wait.
[[nodiscard]] double waits();

// MB: the most that was resident at once since forget_peak(), which first gives back what is free.
[[nodiscard]] double peak_mb();
void forget_peak();

}  // namespace boardwalk::bench
