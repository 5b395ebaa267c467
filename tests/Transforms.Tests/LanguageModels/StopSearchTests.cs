using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlNetRnn.Decoding;
using MlNetRnn.LanguageModels;
using MlNetRnn.Symbols;
using MlNetRnn.Transforms.Tests.Symbols;

namespace MlNetRnn.Transforms.Tests.LanguageModels;

/// <summary>Stop sequences in a beam search end a text where they end a sampled one.</summary>
public class StopSearchTests
{
    [Property(MaxTest = 300)]
    public Property A_beginning_is_stopped_where_its_text_has_a_stop_sequence(RnnLanguageUnit unit, bool isStream, int seed) => Prop.ForAll(
        WildTexts.Any(), text =>
        {
            SymbolCodec codec = SymbolCases.Learn(unit, [text, text]);
            var random = new Random(seed);
            int[] symbols = [.. codec.Encode(text), SymbolCodec.Boundary, .. codec.Encode(text), SymbolCodec.Boundary];
            string[] stops = [.. Enumerable.Range(0, 2).Select(_ => Piece(codec.Decode(symbols) + "\n", random))];
            var texts = new ModelTexts(codec, isStream, RowsAreLines: false);
            byte[] before = codec.OpenDecoder().Save();
            var search = new StopSearch(texts, stops, before);
            var expected = new GeneratedText(texts, stops, before);
            BeamPath? path = null;
            foreach (int symbol in symbols)
            {
                path = new BeamPath(path, symbol, 0, 0, (path?.Length ?? 0) + 1);
                expected.Append(symbol);
                if (search.Contains(path) != expected.IsStopped) return false;
                if (expected.IsStopped) break;
            }
            return true;
        });

    private static string Piece(string text, Random random)
    {
        int start = random.Next(text.Length);
        return text.Substring(start, 1 + random.Next(Math.Min(3, text.Length - start)));
    }
}
