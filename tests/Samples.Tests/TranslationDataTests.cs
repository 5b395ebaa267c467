using Microsoft.ML;
using MlNetRnn.Samples.Translation;
using ScottPlot;
using ScottPlot.Plottables;

namespace MlNetRnn.Samples.Tests;

/// <summary>The data and the pictures of the sample of translation.</summary>
[Collection(nameof(Console))]
public sealed class TranslationDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Dates_have_many_spellings_and_are_the_same_for_a_seed()
    {
        Pair[] pairs = DateSpellings.Pairs(400, 1);
        Assert.All(pairs, pair => Assert.Matches(@"^(19[789]|20[0-4])\d-[01]\d-[0-3]\d$", pair.Target));
        Assert.True(pairs.Select(pair => new string([.. pair.Source.Select(c => char.IsDigit(c) ? '0' : char.IsLetter(c) ? 'a' : c)])).Distinct().Count() > 15);
        Assert.Equal(pairs.Select(pair => pair.Source), DateSpellings.Pairs(400, 1).Select(pair => pair.Source));
        Assert.NotEqual(pairs.Select(pair => pair.Source), DateSpellings.Pairs(400, 2).Select(pair => pair.Source));
    }

    [Fact]
    public void Sentences_have_the_word_order_and_the_endings_of_each_language()
    {
        Phrase cow = new(Lexicon.Nouns[6], true, Lexicon.Adjectives[0]), horse = new(Lexicon.Nouns[2], false, Lexicon.Adjectives[1]);
        var sentence = new Sentence(cow, Lexicon.Verbs[0], horse, Lexicon.Adverbs[0], IsPassive: true);
        Assert.Equal("today a white horse is seen by the black cow", sentence.En);
        Assert.Equal("la vache noire voit un cheval blanc aujourd'hui", sentence.Fr);
        Assert.Equal("vandaag ziet de zwarte koe een wit paard", sentence.Nl);
        Assert.Equal("today the black cow sees a white horse", sentence.ToPair("nl", "en").Target);
    }

    [Fact]
    public void No_training_pair_is_Dutch_and_French()
    {
        Pair[] pairs = SentencePairs.Draw(400, 1, SentencePairs.Trained);
        Assert.Equal(SentencePairs.Trained, pairs.Select(pair => (pair.SourceLanguage, pair.TargetLanguage)).Distinct());
        Assert.DoesNotContain(pairs, pair => (pair.SourceLanguage, pair.TargetLanguage) is ("nl", "fr") or ("fr", "nl"));
        Assert.True(pairs.DistinctBy(pair => (pair.Source, pair.TargetLanguage)).Count() > 380);
    }

    [Fact]
    public void Files_with_different_numbers_of_lines_are_refused_with_both_numbers()
    {
        string sources = Write("a.en", "one\ntwo\nthree\n"), targets = Write("a.de", "eins\n");
        Assert.Equal(["eins"], new ParallelFiles(sources, targets).Read().Take(1).Select(pair => pair.Target));
        foreach ((string first, string second, string counts) in new[] { (sources, targets, "3 and 1"), (targets, sources, "1 and 3") })
        {
            string message = Assert.Throws<FileException>(() => new ParallelFiles(first, second).Read().ToArray()).Message;
            Assert.StartsWith($"{first} and {second}: expected files with the same number of lines, got {counts}. ", message);
        }
    }

    [Fact]
    public void Columns_of_a_table_are_chosen_and_empty_lines_are_skipped()
    {
        var table = new PairTable(Write("a.tsv", "1\thund\tdog\n\n2\tkatze\tcat\textra\n"), new PairTableColumns(2, 1, null, 0));
        Assert.Equal([("dog", "hund", "1"), ("cat", "katze", "2")], table.Read().Select(pair => (pair.Source, pair.Target, pair.TargetLanguage)));
    }

    [Fact]
    public void Languages_that_were_not_trained_are_refused_before_the_training()
    {
        var columns = new PairTableColumns(0, 1, null, 2);
        PairTable train = new(Write("a.tsv", "a\tb\tfr\n"), columns), test = new(Write("b.tsv", "a\tb\tnl\n"), columns);
        string message = Assert.Throws<FileException>(() => PairData.Read(new MLContext(1), train, train, test, isLowerCase: false)).Message;
        Assert.EndsWith("b.tsv: expected target languages of the training pairs (fr), got nl. Remove these pairs.", message);
    }

    [Fact]
    public void The_picture_of_sentences_has_a_point_and_a_label_for_each()
    {
        (Sentence Sentence, int Meaning)[] sentences = SentencePoint.Sentences();
        Assert.Equal(8, sentences.Select(pair => pair.Sentence.En).Distinct().Count());
        // Paraphrases have the same translation.
        Assert.Equal(4, sentences.Select(pair => (pair.Meaning, pair.Sentence.Fr)).Distinct().Count());
        Plot plot = SentencePicture.Create(
            [.. sentences.Select((pair, i) => new SentencePoint(pair.Sentence.En, pair.Meaning, pair.Sentence.IsPassive, i, i))]);
        Assert.Equal(8, plot.GetPlottables<Marker>().Count());
        Assert.Equal(sentences.Select(pair => pair.Sentence.En), plot.GetPlottables<Text>().Select(text => text.LabelText));
    }

    [Fact]
    public void The_picture_of_an_alignment_has_a_cell_for_each_pair_of_symbols()
    {
        var ml = new MLContext(1);
        Pair[] pairs = DateSpellings.Pairs(40, 1);
        RnnTranslationTransformer model = ml.Transforms.Text.RnnTranslation(
            unit: RnnLanguageUnit.Character, hiddenSize: 8, maxEpochs: 1).Fit(ml.Data.LoadFromEnumerable(pairs));
        RnnTranslation translation = ml.Rnn().CreateTranslator(model).TranslateMany(["1 May 21"])[0][0];
        Plot plot = AlignmentPicture.Create(translation);
        Heatmap map = Assert.Single(plot.GetPlottables<Heatmap>());
        Assert.Equal((translation.Symbols.Count, translation.SourceSymbols.Count), (map.Intensities.GetLength(0), map.Intensities.GetLength(1)));
        plot.RenderInMemory(600, 400);
        string[] ticks = [.. plot.Axes.Bottom.TickGenerator.Ticks.Select(tick => tick.Label)];
        Assert.Equal(["1", "·", "M", "a", "y", "·", "2", "1", "(end)"], ticks);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }
}
