using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.ML;

namespace MlNetRnn.Transforms.Tests.Corpora;

/// <summary>Tests of round trips: random sentences, and the treebanks beside the checkout, if any.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Property(MaxTest = 100)]
    public Property Random_sentences_survive_CoNLL_U() => Prop.ForAll(Sentences(Value(mayBeEmpty: false)), sentences =>
    {
        string[][] forms = sentences, tags = [.. sentences.Select(sentence => sentence.Reverse().ToArray())];
        IDataView data = _folder.Data(("Form", forms), ("Misc", tags));
        _folder.ML.Data.SaveAsConllu(data, _folder["a.conllu"]);
        IDataView again = _folder.ML.Data.LoadFromConllu(_folder["a.conllu"]);
        _folder.ML.Data.SaveAsConllu(again, _folder["b.conllu"]);
        return Same(CorpusFolder.Vectors(again, "Form"), forms) && Same(CorpusFolder.Vectors(again, "Misc"), tags)
            && File.ReadAllBytes(_folder["a.conllu"]).SequenceEqual(File.ReadAllBytes(_folder["b.conllu"]));
    });

    [Property(MaxTest = 100)]
    public Property Random_sentences_survive_CoNLL() => Prop.ForAll(Sentences(Value(mayBeEmpty: true)), sentences =>
    {
        // A column that is empty in the whole file is rejected.
        if (sentences.All(sentence => sentence.All(string.IsNullOrEmpty))) sentences[0][0] = "x";
        string[][] tags = [.. sentences.Select(sentence => sentence.Select((_, t) => $"T{t % 3}").ToArray())];
        _folder.ML.Data.SaveAsConll(_folder.Data(("Tokens", sentences), ("Label", tags)), _folder["a.txt"], "Tokens", "Label");
        IDataView again = _folder.ML.Data.LoadFromConll(_folder["a.txt"]);
        return Same(CorpusFolder.Vectors(again, "Tokens"), sentences) && Same(CorpusFolder.Vectors(again, "Label"), tags);
    });

    [Fact]
    public void Treebanks_are_reproduced_byte_for_byte()
    {
        foreach (string file in Treebanks())
        {
            using var written = new MemoryStream();
            _folder.ML.Data.SaveAsConllu(_folder.ML.Data.LoadFromConllu(file), written);
            Assert.True(CorpusFolder.Unpack(file).AsSpan().SequenceEqual(written.ToArray()), file);
        }
    }

    private static IEnumerable<string> Treebanks()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (!File.Exists(Path.Combine(d.FullName, "MlNetRnn.sln"))) continue;
            string data = Path.Combine(d.FullName, "..", "shared", "data");
            return Directory.Exists(data)
                ? Directory.EnumerateDirectories(data, "ud_*").SelectMany(folder => Directory.EnumerateFiles(folder, "*.conllu.gz"))
                : [];
        }
        throw new DirectoryNotFoundException("The tests run inside a checkout: no MlNetRnn.sln was found above them.");
    }

    private static bool Same(string[][] one, string[][] other) =>
        one.Length == other.Length && one.Zip(other).All(pair => pair.First.SequenceEqual(pair.Second));

    private static Arbitrary<string[][]> Sentences(Gen<string> value) =>
        Arb.From(value.NonEmptyListOf().Select(words => words.ToArray()).NonEmptyListOf().Select(rows => rows.ToArray()));

    /// <summary>Texts without separators and without blanks at the ends: letters, characters with a special meaning, control characters, emoji.</summary>
    private static Gen<string> Value(bool mayBeEmpty)
    {
        Gen<string> piece = Gen.OneOf(
            Gen.Choose('a', 'z'), Gen.Choose(' ', '/'), Gen.Choose(0x80, 0xD7FF), Gen.Elements(1, 0x0B, 0x2028, 0xA0, 0x1F600, '#', '_', '"'))
            .Select(rune => new Rune(rune).ToString());
        return (mayBeEmpty ? piece.ListOf() : piece.NonEmptyListOf())
            .Select(pieces => string.Concat(pieces).Trim())
            .Where(value => mayBeEmpty || value.Length > 0);
    }
}
