// How times grow: of generating with the operations of a body, of running with the pixels of a picture.
#include "bench/growth/growth.h"
#include "examples/support/interleaved_rounds.h"

int main() {
  const examples::PinnedToOneCore pinned;
  show_generation();
  show_pictures();
}
