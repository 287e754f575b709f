// expect: Cogent needs C++20: compile with -std=c++20
// reject: static assertion
// options: -std=c++17
#include <cogent/cogent.h>

int main() {}
