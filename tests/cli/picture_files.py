# Pictures in files, written and read without any library: PNM, and PNG with its chunks.
import struct
import zlib


def pnm(width, height, channels, samples, top=255):
    """The bytes of a PGM or PPM file; `samples` row by row, 16 bits if `top` is above 255."""
    kind = {1: "P5", 3: "P6"}[channels]
    assert len(samples) == width * height * channels
    data = bytes(samples) if top < 256 else struct.pack(f">{len(samples)}H", *samples)
    return f"{kind}\n{width} {height}\n{top}\n".encode() + data


def read_pnm(data):
    """(width, height, channels, top, samples) of a PGM or PPM file as libvips writes it."""
    words, at = [], 0
    while len(words) < 4:
        while data[at : at + 1].isspace():
            at += 1
        if data[at : at + 1] == b"#":
            at = data.index(b"\n", at)
            continue
        end = at
        while not data[end : end + 1].isspace():
            end += 1
        words.append(data[at:end])
        at = end
    channels = {b"P5": 1, b"P6": 3}[words[0]]
    width, height, top = map(int, words[1:])
    raw = data[at + 1 :]
    samples = list(raw) if top < 256 else list(struct.unpack(f">{len(raw) // 2}H", raw))
    assert len(samples) == width * height * channels
    return width, height, channels, top, samples


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, channels, samples, bits=8, extra=()):
    """The bytes of a PNG file; `extra`: chunks (name, data) before the pixels."""
    colour = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    row = width * channels
    rows = [samples[y * row : (y + 1) * row] for y in range(height)]
    pack = (lambda r: bytes(r)) if bits == 8 else (lambda r: struct.pack(f">{len(r)}H", *r))
    pixels = zlib.compress(b"".join(b"\0" + pack(r) for r in rows))
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    chunks = [(b"IHDR", header), *extra, (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*c) for c in chunks)


def png_chunks(data):
    """The chunks of a PNG file by name; of several of one name the last."""
    found, at = {}, 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        found[data[at + 4 : at + 8]] = data[at + 8 : at + 8 + length]
        at += 12 + length
    return found


def exif(orientation):
    """The smallest EXIF block: the orientation alone."""
    entry = struct.pack("<HHIHH", 0x112, 3, 1, orientation, 0)
    return b"II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0)


def exif_with_thumbnail(jpeg):
    """An EXIF block of the orientation, and of a second directory with that picture."""
    first = struct.pack("<HHHIHHI", 1, 0x112, 3, 1, 6, 0, 26)
    entries = [(0x103, 3, 6), (0x201, 4, 26 + 2 + 36 + 4), (0x202, 4, len(jpeg))]
    second = struct.pack("<H", 3) + b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\0" + struct.pack("<I", 8) + first + second + struct.pack("<I", 0) + jpeg


def tiff_of_signed(samples):
    """A TIFF file of one row of signed 16-bit gray samples."""
    count = len(samples)
    entries = [(256, 4, count), (257, 4, 1), (258, 3, 16), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1), (278, 4, 1),
               (279, 4, 2 * count), (339, 3, 2)]
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\0" + struct.pack("<I", 8 + 2 * count) + struct.pack(f"<{count}h", *samples) + directory + struct.pack("<I", 0)


def icc_profile(space, more=b""):
    """The header of an ICC profile for that colour space, no tables, and more: enough for who only carries it along."""
    illuminant = struct.pack(">III", 0xF6D6, 0x10000, 0xD32D)
    body = b"\0" * 8 + b"mntr" + space + b"XYZ " + b"\0" * 12 + b"acsp" + b"\0" * 28 + illuminant + b"\0" * 52
    return struct.pack(">I", len(body) + 4 + len(more)) + body + more
