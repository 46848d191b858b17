// The boardwalk program as a person runs it: its words in, its output, its errors and its exit code out.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace boardwalk::tests {

struct Ended {
  int exit_code = -1;  // -1 when a signal ended it
  int signal = 0;
  std::string out;
  std::string err;
};

// Runs the built program with these words and waits for its end.
[[nodiscard]] Ended run_program(const std::vector<std::string>& words, const std::string& input = "");

// The same by the shell, for redirections: `'PROGRAM' WORDS`, behind other commands when there are any.
[[nodiscard]] Ended run_shell(const std::string& words, const std::string& before = "");

// A file that the program is to read.
void write_file(const std::string& path, const std::string& text);

// A run in the background, its output thrown away.
class Running {
 public:
  explicit Running(const std::vector<std::string>& words);
  ~Running();  // kills what still runs
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  void send(int signal) const;
  [[nodiscard]] bool alive();
  [[nodiscard]] Ended wait();  // out and err are empty

 private:
  pid_t process_;
  bool reaped_ = false;
  int status_ = 0;
};

}  // namespace boardwalk::tests
