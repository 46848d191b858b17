#include "cli/command.hpp"
#include "cli/outline.hpp"

namespace boardwalk::cli {

void add_completion(CLI::App& app, Line& line) {
  auto shell = std::make_shared<std::string>();
  auto* completion =
      app.add_subcommand("completion", "a script by which a shell completes boardwalk's words");
  completion->add_option("shell", *shell, "bash or zsh")->required()->check(CLI::IsMember({"bash", "zsh"}));
  completion->callback([shell, &app, &line] {
    line.chosen = [shell, &app] {
      (void)print(*shell == "bash" ? bash_completion(app) : zsh_completion(app));
      return kDone;
    };
  });
  auto* man = app.add_subcommand("man", "the manual page, as man(7)");
  man->group("");  // for building; who reads it types `man boardwalk`
  man->callback([&app, &line] {
    line.chosen = [&app] {
      (void)print(man_page(app, BOARDWALK_VERSION));
      return kDone;
    };
  });
}

}  // namespace boardwalk::cli
