#include "tests/cli/program.hpp"
#include "tests/places.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace boardwalk::tests {
namespace {

struct Pipe {
  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  }
  std::array<int, 2> ends{};
};

// What a child becomes. Put together before fork(): behind it nothing may be allocated, since another thread,
// such as a test's server, may have held the allocator's lock.
class Command {
 public:
  // The words must outlive it.
  Command(std::string program, const std::vector<std::string>& words) : program_(std::move(program)) {
    arguments_.push_back(program_.data());
    for (const auto& word : words) arguments_.push_back(const_cast<char*>(word.c_str()));
    arguments_.push_back(nullptr);
    unsetenv("BOARDWALK_ARCHIVE");
  }
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;

  [[noreturn]] void become() const {
    execv(program_.c_str(), arguments_.data());
    _exit(127);
  }

 private:
  std::string program_;
  std::vector<char*> arguments_;
};

pid_t start_in_silence(const std::vector<std::string>& words) {
  const Command command(program(), words);
  const pid_t process = fork();
  if (process != 0) return process;
  const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int end : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nowhere, end);
  command.become();
}

Ended ended(int status) {
  Ended result;
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  return result;
}

// Reads both pipes to their ends, whichever speaks first.
void drain(int out, int err, Ended& result) {
  std::array<pollfd, 2> polled{{{out, POLLIN, 0}, {err, POLLIN, 0}}};
  std::array<std::string*, 2> texts{&result.out, &result.err};
  std::array<char, 65536> buffer{};
  int open = 2;
  while (open > 0 && poll(polled.data(), polled.size(), -1) > 0) {
    for (std::size_t i = 0; i < polled.size(); ++i) {
      if (polled[i].fd < 0 || polled[i].revents == 0) continue;
      const ssize_t got = read(polled[i].fd, buffer.data(), buffer.size());
      if (got > 0) {
        texts[i]->append(buffer.data(), static_cast<std::size_t>(got));
      } else {
        close(polled[i].fd);
        polled[i].fd = -1;
        --open;
      }
    }
  }
}

Ended run(const std::string& program, const std::vector<std::string>& words, const std::string& input) {
  Pipe in, out, err;
  const Command command(program, words);
  const pid_t process = fork();
  if (process < 0) throw std::runtime_error("fork failed");
  if (process == 0) {
    dup2(in.ends[0], STDIN_FILENO);
    dup2(out.ends[1], STDOUT_FILENO);
    dup2(err.ends[1], STDERR_FILENO);
    command.become();
  }
  for (const int end : {in.ends[0], out.ends[1], err.ends[1]}) close(end);
  // Inputs of tests are smaller than a pipe's buffer.
  if (!input.empty() && write(in.ends[1], input.data(), input.size()) < 0)
    throw std::runtime_error("write failed");
  close(in.ends[1]);
  Ended result;
  drain(out.ends[0], err.ends[0], result);
  int status = 0;
  waitpid(process, &status, 0);
  const Ended how = ended(status);
  result.exit_code = how.exit_code;
  result.signal = how.signal;
  return result;
}

}  // namespace

Ended run_program(const std::vector<std::string>& words, const std::string& input) {
  return run(program(), words, input);
}

Ended run_shell(const std::string& words, const std::string& before) {
  return run("/bin/sh", {"-c", before + " '" + program() + "' " + words}, "");
}

void write_file(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

Running::Running(const std::vector<std::string>& words) : process_(start_in_silence(words)) {
  if (process_ < 0) throw std::runtime_error("fork failed");
}

Running::~Running() {
  if (!alive()) return;
  send(SIGKILL);
  (void)wait();
}

void Running::send(int signal) const { kill(process_, signal); }

bool Running::alive() {
  if (!reaped_) reaped_ = waitpid(process_, &status_, WNOHANG) == process_;
  return !reaped_;
}

Ended Running::wait() {
  if (!reaped_) waitpid(process_, &status_, 0);
  reaped_ = true;
  return ended(status_);
}

}  // namespace boardwalk::tests
