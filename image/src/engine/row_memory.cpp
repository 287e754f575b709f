// Reading and writing samples of whatever type, and the borders' rows and columns.
#include "engine/row_memory.h"

#include "engine/sample_types.h"

namespace cogent::image {

namespace {

template <class T>
Number number_of(const Value<T>& sample) {
  if constexpr (std::is_same_v<T, float>)
    return Number(sample);
  else
    return Number(cast<std::int32_t>(sample));
}

// The sample as it is stored in memory of Ts.
template <class T>
Value<T> stored(const Number& sample) {
  if constexpr (std::is_same_v<T, float>)
    return sample.real();
  else
    return cast<T>(sample.integer());
}

// In samples: a line of the cache or several.
constexpr std::int64_t line = 64;

std::int64_t whole_lines(std::int64_t samples) { return (samples + line - 1) / line * line; }

bool has_constant_row(const Ring& ring) { return ring.edge.border == Border::Constant; }

}  // namespace

namespace {

// Where a sample of a picture lies in its row, channels side by side.
Index sample_of(const Format& format, const Index& column, int channel, bool is_flat) {
  if (is_flat || format.channels == 1) return column;
  return column * format.channels + channel;
}

}  // namespace

Number PictureSource::read(const Index& row, const Index& column, int channel, bool is_flat) const {
  const auto* const known = std::get_if<AnyIn<3>>(&memory_);
  if (known == nullptr) {
    const Index sample = sample_of(format_, column, channel, is_flat);
    if (const auto* const bytes = std::get_if<1>(&memory_))
      return number_of(bytes->samples[row * bytes->stride + sample]);
    const auto& words = std::get<2>(memory_);
    return number_of(words.samples[row * words.stride + sample]);
  }
  return with_type(format_.type, [&](auto type) {
    const auto array = known->as<decltype(type)>();
    if (format_.layout == Layout::Planar) return number_of(array(channel, row, column));
    return number_of(array(0, row, sample_of(format_, column, channel, is_flat)));
  });
}

void PictureTarget::write(const Index& row, const Index& column, int channel, bool is_flat,
                          const Number& sample) const {
  const auto write_known = [&](const AnyOut<3>& known) {
    with_type(format_.type, [&](auto type) {
      using T = decltype(type);
      const auto array = known.as<T>();
      if (format_.layout == Layout::Planar)
        array(channel, row, column) = stored<T>(sample);
      else
        array(0, row, sample_of(format_, column, channel, is_flat)) = stored<T>(sample);
    });
  };
  const auto write = [&](const auto& memory) {
    if constexpr (std::is_same_v<decltype(memory), const AnyOut<3>&>) {
      write_known(memory);
    } else {
      using T = typename decltype(memory.samples)::element_type;
      memory.samples[row * memory.stride + sample_of(format_, column, channel, is_flat)] = stored<T>(sample);
    }
  };
  std::visit(write, memory_);
}

RingMemory::Memory RingMemory::make_memory(GeneratedCodeBlock& code, SampleType type, std::int64_t size,
                                           double initial) {
  return with_type(type, [&](auto zero) {
    return Memory(code.scratch<decltype(zero)>(size, static_cast<decltype(zero)>(initial)));
  });
}

// Behind the ring's rows stands one that holds a constant border's value.
RingMemory::RingMemory(GeneratedCodeBlock& code, const Ring& ring, const Extent& width, const Extent& height,
                       int channels)
    : ring_(ring),
      width_(width),
      height_(height),
      channels_(channels),
      margin_(whole_lines(static_cast<std::int64_t>(ring.padding) * channels)),
      pitch_(margin_ + whole_lines((width.most() + ring.padding) * channels)),
      memory_(make_memory(code, ring.stored, pitch_ * (ring.rows + (has_constant_row(ring) ? 1 : 0)),
                          has_constant_row(ring) ? ring.edge.value : 0)) {}

Index RingMemory::row_begin(const Index& row) const {
  if (ring_.rows == 1) return Index(margin_);
  return (row & (ring_.rows - 1)) * pitch_ + margin_;
}

Index RingMemory::border_row_begin(GeneratedCodeBlock& code, const Index& row) const {
  if (ring_.edge.border == Border::Wrap) return row_begin(row);
  if (!has_constant_row(ring_)) return row_begin(border_position(code, row, height_, ring_.rows, ring_.edge.border));
  const std::int64_t constant = ring_.rows * pitch_ + margin_;
  return select(row < 0 || row >= height_.value(), constant, row_begin(row));
}

Number RingMemory::read(const Index& place) const {
  return std::visit([&](const auto& memory) { return number_of(Value(memory[place])); }, memory_);
}

void RingMemory::write(const Index& place, const Number& sample) {
  std::visit(
      [&](const auto& memory) {
        using T = typename std::remove_cvref_t<decltype(memory)>::element_type;
        memory[place] = stored<T>(sample);
      },
      memory_);
}

void RingMemory::pad(const Index& begin) {
  if (has_constant_row(ring_)) return;  // filled from the beginning, and never written
  const auto copy = [&](const Index& first, int to, int from) {
    for (int c = 0; c < channels_; ++c) write(first + (to * channels_ + c), read(first + (from * channels_ + c)));
  };
  // What stands beyond an end of the shortest row stands there beyond that of any row, counted from the end.
  const int shortest = static_cast<int>(width_.least());
  const Index behind =
      width_.is_known() ? begin : begin + (width_.times(channels_) - std::int64_t{shortest * channels_});
  for (int i = 1; i <= ring_.padding; ++i) {
    copy(begin, -i, border_position(-i, shortest, ring_.edge.border));
    copy(behind, shortest - 1 + i, border_position(shortest - 1 + i, shortest, ring_.edge.border));
  }
}

int border_position(int position, int size, Border border) {
  const auto modulo = [](int number, int period) { return (number % period + period) % period; };
  switch (border) {
    case Border::Constant:
      return position < 0 || position >= size ? -1 : position;
    case Border::Replicate:
      return std::clamp(position, 0, size - 1);
    case Border::Reflect: {
      const int in_period = modulo(position, 2 * size);
      return in_period < size ? in_period : 2 * size - 1 - in_period;
    }
    case Border::Reflect101: {
      if (size == 1) return 0;
      const int in_period = modulo(position, 2 * size - 2);
      return in_period < size ? in_period : 2 * size - 2 - in_period;
    }
    case Border::Wrap:
      break;
  }
  return modulo(position, size);
}

namespace {

// For a position less than a size outside.
Index near_position(const Index& position, const Index& size, Border border) {
  const Index last = size - 1;
  switch (border) {
    case Border::Reflect:
      return select(position < 0, -1 - position, select(position > last, 2 * last + 1 - position, position));
    case Border::Reflect101:
      return select(position < 0, -position, select(position > last, 2 * last - position, position));
    case Border::Wrap:
      return select(position < 0, position + size, select(position > last, position - size, position));
    default:
      break;
  }
  return position;
}

}  // namespace

// The limits replicate the last position, and change nothing else: they prove that the place lies in the picture.
Index border_position(GeneratedCodeBlock& code, const Index& position, const Extent& size, int reach, Border border) {
  if (size.most() == 1) return Index(std::int64_t{0});
  const auto inside = [&size](const Index& place) { return min(max(place, 0), size.value() - 1); };
  if (reach < size.least() || border == Border::Replicate) return inside(near_position(position, size.value(), border));
  const int known = static_cast<int>(size.least());
  std::vector<std::int32_t> positions;  // it may be mirrored more than once
  for (int i = -reach; i < known + reach; ++i) positions.push_back(border_position(i, known, border));
  return inside(cast<std::int64_t>(code.table(positions)[position + reach]));
}

}  // namespace cogent::image
