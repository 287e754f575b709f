// The two halves of this benchmark.
#pragma once

/// Time to generate against the number of operations, for bodies of several shapes.
void show_generation();

/// Time per pixel against the size of the picture.
void show_pictures();
