using FsCheck;
using FsCheck.Fluent;

namespace MlNetRnn.Transforms.Tests.Symbols;

/// <summary>
/// Texts of every kind: letters, digits, white space, marks, emoji with their joiners, surrogates with and without their partner, control characters.
/// </summary>
public static class WildTexts
{
    public static Arbitrary<string> Any() => Arb.From(Gen.OneOf(
        Characters(Gen.Choose('a', 'e')), Characters(Gen.Choose('0', '9')), Characters(Gen.Choose(0, 0x7f)), Characters(Gen.Choose(0x0300, 0x0310)),
        Characters(Gen.Choose(0xD800, 0xDFFF)), Characters(Gen.Choose(0x4E00, 0x4E10)), Characters(Gen.Choose(0, 0xFFFF)),
        Gen.Elements(" ", "  ", "\r\n", "\n", "e\u0301", "👩🏽\u200D🚀", "🇳🇱", "\u200D", "\uFFFD", "क्\u200Dष", "한", "ก็", ".", "\"", "(", ")", "<unk>", "😀"))
        .ArrayOf().Select(string.Concat));

    private static Gen<string> Characters(Gen<int> codes) => codes.Select(code => ((char)code).ToString());
}
