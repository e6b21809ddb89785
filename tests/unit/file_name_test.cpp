// SPDX-License-Identifier: EUPL-1.2
#include "app/domain/file_name.h"

#include "tests/support/catch.h"
#include "tests/support/seeded.h"

namespace teren::domain {
namespace {

std::string safe(std::string_view name)
{
    const Result<std::string> made = safeFileName(name);
    return made ? *made : "refused";
}

std::string repeated(std::string_view part, std::size_t count)
{
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += part;
    return text;
}

}  // namespace

TEST_CASE("file name: what people call their files stays as it is", "[domain]")
{
    for (const char* name :
         {"umowa najmu.pdf", "Zażółć gęślą jaźń.docx", "IMG_0001.JPG", "skan (2).pdf", "a", "Київ – мапа.png",
          "archiwum.tar.gz", "👩‍👧 rodzina.png", "50%.txt", "null.txt", "console.txt", "com.txt",
          "com10.txt", "$&'()[]{};,=+~`!#@^.txt"})
        CHECK(safe(name) == name);
}

TEST_CASE("file name: no path leads anywhere", "[domain]")
{
    CHECK(safe("/etc/passwd") == "passwd");
    CHECK(safe("..\\..\\Windows\\win.ini") == "win.ini");
    CHECK(safe("a/b\\c/d.txt") == "d.txt");
    CHECK(safe("C:notatka.txt") == "C_notatka.txt");
    CHECK(safe("notatka.txt::$DATA") == "notatka.txt__$DATA");
    CHECK(safe("\\\\serwer\\udział\\plik") == "plik");
    CHECK(safe(".ssh") == "ssh");
    CHECK(safe("...a") == "a");
    CHECK(safe("a<b>c:d\"e|f?g*h") == "a_b_c_d_e_f_g_h");
    CHECK(safe("a. . ") == "a");
    CHECK(safe("skan.pdf...") == "skan.pdf");
}

TEST_CASE("file name: nothing unseen hides an ending or breaks a line", "[domain]")
{
    // Shown from right to left behind the mark, this one would end in "txt".
    CHECK(safe("zdjecie\xE2\x80\xAEtxt.exe") == "zdjecietxt.exe");
    for (const std::string mark :
         {"\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x80\xAA", "\xE2\x80\xAB", "\xE2\x80\xAC", "\xE2\x80\xAD",
          "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9", "\xD8\x9C"}) {
        CHECK(safe(mark + "a" + mark + ".txt" + mark) == "a.txt");
        CHECK(safe(mark) == "refused");
        // Neither a dot nor a device hides behind one.
        CHECK(safe(mark + "." + mark + "a") == "a");
        CHECK(safe("c" + mark + "on") == "_con");
    }
    CHECK(safe("a\nb\r\tc.txt") == "a b c.txt");
    CHECK(safe("a\x1b[2Jb\x7f.txt") == "a[2Jb.txt");
    CHECK(safe(std::string_view("a\0b.txt", 7)) == "ab.txt");
    CHECK(
        safe("a\xE2\x80\xA8"
             "b.txt")
        == "a b.txt");
}

TEST_CASE("file name: one name is one name, however it was typed", "[domain]")
{
    CHECK(
        safe("Lo\xCC\x81"
             "dz\xCC\x81.txt")
        == "L\xC3\xB3"
           "d\xC5\xBA.txt");
    // What falls together only once a mark between is gone.
    CHECK(safe("o\xE2\x80\xAE\xCC\x81.txt") == "\xC3\xB3.txt");
}

TEST_CASE("file name: what Windows keeps for its devices is not one of them", "[domain]")
{
    for (const std::string device :
         {"con", "CON", "Prn", "aux", "NUL", "com0", "COM1", "com9", "lpt0", "LPT3", "com\xC2\xB9",
          "LPT\xC2\xB2", "COM\xC2\xB3", "conin$", "CONOUT$"}) {
        CHECK(safe(device) == "_" + device);
        CHECK(safe(device + ".txt") == "_" + device + ".txt");
        CHECK(safe(device + ".tar.gz") == "_" + device + ".tar.gz");
        // Windows looks no further than the first dot, and not at blanks before it.
        CHECK(safe(device + " .txt") == "_" + device + " .txt");
        CHECK(safe(" ." + device) == "_" + device);
        CHECK(safe("/tmp/" + device) == "_" + device);
        CHECK(safe(device + "x") == device + "x");
        CHECK(safe("_" + device) == "_" + device);
    }
}

TEST_CASE("file name: a long one is cut between letters and keeps its ending", "[domain]")
{
    const std::string polish = safe(repeated("ż", 300) + ".pdf");
    CHECK(polish == repeated("ż", 98) + ".pdf");
    CHECK(safe(repeated("a", 10'000) + ".pdf") == repeated("a", 196) + ".pdf");
    CHECK(safe(repeated("😀", 100)) == repeated("😀", 50));
    CHECK(safe(repeated("a", 200)) == repeated("a", 200));
    // What stands behind the last dot of a sentence is no ending.
    CHECK(safe("Dr. " + repeated("a", 300)).size() == 200);
    CHECK(safe(repeated("a", 195) + " . " + repeated("b", 40)).size() <= 200);
    // What makes it longer than it was is counted as well.
    const std::string device = "con." + repeated("a", 300);
    CHECK(safe(device).size() == 200);
    CHECK(safe(device).starts_with("_con.a"));
    CHECK(safe(repeated(".", 10'000)) == "refused");
}

TEST_CASE("file name: what is none is refused", "[domain]")
{
    for (const char* name :
         {"", " ", ".", "..", "...", " . ", "/", "a/", "\\", "a\\..", "\n", "\xE2\x80\xAE"})
        CHECK(safe(name) == "refused");
    for (const char* name :
         {"\xff", "a\x80", "\xC3", "\xED\xA0\x80",
          "\xC0\xAF"
          "etc",
          "\xF4\x90\x80\x80"})
        CHECK(safe(name) == "refused");
    CHECK(safeFileName("..").error().code == Errc::Invalid);
    CHECK(safeFileName("\xff").error().code == Errc::Invalid);
}

TEST_CASE("file name: of any bytes comes a name that stays what it is, or none", "[domain]")
{
    test::SeededRandom random(23);
    const std::string_view parts[]
        = {"con",       "AUX",         "com1",         ".",        " ",  "/",  "\\",   ":",         "a", "ż",
           "e\xCC\x81", "\xCC\x81",    "\xE2\x80\xAE", "\xC2\xB9", "😀", "\n", "\xff", "<\xCC\xB8", "$", "_",
           "long-",     "\xE0\xA5\x98"};
    for (int round = 0; round < 20'000; ++round) {
        std::string name;
        for (std::uint64_t i = random.below(12); i > 0; --i)
            name += repeated(parts[random.below(std::size(parts))], random.chance(10) ? 70 : 1);
        const Result<std::string> made = safeFileName(name);
        if (!made)
            continue;
        INFO(*made);
        REQUIRE(!made->empty());
        REQUIRE(made->size() <= 200);
        REQUIRE(made->find_first_of("/\\:*?\"<>|\n") == std::string::npos);
        REQUIRE(made->front() != '.');
        REQUIRE(made->front() != ' ');
        REQUIRE(made->back() != '.');
        REQUIRE(made->back() != ' ');
        REQUIRE(safeFileName(*made) == *made);
    }
}

TEST_CASE("file name: a kind is told by the first bytes", "[domain]")
{
    using std::string_view_literals::operator""sv;
    CHECK(kindOf("\xff\xd8\xff\xe0") == FileKind::Jpeg);
    CHECK(kindOf("\x89PNG\r\n\x1a\n") == FileKind::Png);
    CHECK(kindOf("%PDF-1.7") == FileKind::Pdf);
    for (const std::string_view telling :
         {"\0\0\0\x18"
          "ftypheic"sv,
          "\0\0\0\x20"
          "ftypisom"sv,
          "\0\0\0\x14"
          "ftypavif"sv,
          "\0\0\0\x08wide"sv,
          "\0\0\x01\0mdat"sv,
          "\0\0\x01\0moov"sv,
          "RIFF\x10\0\0\0WEBP"sv,
          "RIFF\x10\0\0\0AVI "sv,
          "RIFF\x10\0\0\0WAVE"sv,
          "G@\x11\x10"sv,
          "FLV\1\5\0"sv,
          "\0\0\1\xba"sv,
          "\0\0\0\x08skip"sv,
          "FOVb\0\0"sv,
          "\xef\xbb\xbf\xff\xd8\xff\xe0\0\x10JFIF"sv,
          "\n\xff\xd8\xff\xe0\0"sv,
          "II*\0"sv,
          "MM\0*"sv,
          "II+\0"sv,
          "GIF89a\1\0"sv,
          "8BPS\0\1"sv,
          "\x1a\x45\xdf\xa3"sv,
          "\xff\x0a\0"sv})
        CHECK(kindOf(telling) == FileKind::Telling);
    for (const std::string_view document :
         {""sv, "a"sv, "Notatka z\xb3o\xbfona\r\n"sv, "{\\rtf1\\ansi"sv, "\xff\xfeN\0o\0"sv,
          "PK\3\4\x14\0\6\0"sv, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"sv})
        CHECK(kindOf(document) == FileKind::Document);
    CHECK(mediaTypeOf(FileKind::Telling) == "application/octet-stream");
}

}  // namespace teren::domain
