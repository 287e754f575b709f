// Signals lead back to the place before the run. A timer ticks once a second and counts against the run under way.
#include "fuzz/guarded_run.h"

#include <sys/time.h>

#include <csetjmp>
#include <csignal>
#include <stdexcept>
#include <string>

namespace cogent::fuzz {
namespace {

constexpr int most_seconds = 20;

sigjmp_buf before_run;
volatile std::sig_atomic_t is_running = 0, seconds = 0;

void return_from(int signal) {
  if (is_running == 0) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
    return;
  }
  is_running = 0;
  siglongjmp(before_run, signal);
}

void tick(int signal) {
  if (is_running == 0) return;
  seconds = seconds + 1;
  if (seconds > most_seconds) return_from(signal);
}

// The handlers have a stack of their own, because a run may use up the thread's.
void install() {
  static char handlers_stack[64 * 1024];
  const stack_t alternate{.ss_sp = handlers_stack, .ss_flags = 0, .ss_size = sizeof handlers_stack};
  sigaltstack(&alternate, nullptr);
  struct sigaction action = {};
  action.sa_handler = return_from;
  action.sa_flags = SA_ONSTACK;
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL}) sigaction(signal, &action, nullptr);
  action.sa_handler = tick;
  action.sa_flags = SA_RESTART | SA_ONSTACK;
  sigaction(SIGVTALRM, &action, nullptr);
  const itimerval each_second = {{1, 0}, {1, 0}};
  setitimer(ITIMER_VIRTUAL, &each_second, nullptr);
}

}  // namespace

testing::Executor survivable(const testing::Executor& execute) {
  static const bool is_installed = (install(), true);
  (void)is_installed;
  return [&execute](const ir::Program& program, std::uint64_t* arguments) {
    const int signal = sigsetjmp(before_run, 1);
    if (signal != 0)
      throw std::runtime_error(signal == SIGVTALRM ? "it does not end" : "signal " + std::to_string(signal));
    seconds = 0;
    is_running = 1;
    try {
      const interpret::Outcome outcome = execute(program, arguments);
      is_running = 0;
      return outcome;
    } catch (...) {
      is_running = 0;
      throw;
    }
  };
}

}  // namespace cogent::fuzz
