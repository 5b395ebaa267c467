using MlNetRnn.Samples.Translation;

namespace MlNetRnn.Accuracy.Translations;

/// <summary>The sets of pairs by name. An additional set is one line here.</summary>
internal static class TranslationSets
{
    private static readonly Dictionary<string, Func<DirectoryInfo, TranslationSet>> ByName = new()
    {
        // The messages of the samples, which need no download (--data samples/Data): capital letters to small letters
        ["messages-capitals"] = Capitals,
        // The dates of samples/Translation: many spellings to ISO, one character at a time
        ["dates"] = _ => Dates(),
        // Multi30k (Elliott et al., 2016), tokenized and in lower case: captions of photos; the test part of 2016
        ["multi30k-en-de"] = root => Multi30k(root, "en", "de"),
        ["multi30k-en-fr"] = root => Multi30k(root, "en", "fr"),
        ["multi30k-de-en"] = root => Multi30k(root, "de", "en"),
        // The first 8,000 pairs, for comparisons that need many trainings
        ["multi30k-8k-en-de"] = root => First(8000, Multi30k(root, "en", "de")),
        // Trained on German-English, English-German and English-French; measured on German-French
        ["multi30k-zero-shot"] = Multi30kZeroShot,
        ["multi30k-zero-shot-copies"] = root => WithCopies(Multi30kZeroShot(root)),
        // Tatoeba: trained on Dutch-English, English-Dutch and English-French; measured on Dutch-French
        ["tatoeba-zero-shot"] = TatoebaZeroShot,
        // The same, and each source is translated to its own language, too: without such pairs, the encoder need not
        // read the tag of the target language (sources in one of the languages have one target language)
        ["tatoeba-zero-shot-copies"] = root => WithCopies(TatoebaZeroShot(root)),
    };

    public static IEnumerable<string> KnownNames => ByName.Keys;

    public static TranslationSet Load(string name, DirectoryInfo root) => ByName[name](root);

    private static TranslationSet First(int pairs, TranslationSet set) => set with { Train = [.. set.Train.Take(pairs)] };

    /// <summary>Adds a pair from a language to itself for each source of the training pairs.</summary>
    private static TranslationSet WithCopies(TranslationSet set) => set with
    {
        Train =
        [
            .. set.Train,
            .. set.Train.DistinctBy(pair => (pair.Source, pair.SourceLanguage)).Select(pair => new Pair
            {
                Source = pair.Source, Target = pair.Source, SourceLanguage = pair.SourceLanguage, TargetLanguage = pair.SourceLanguage,
            }),
        ],
    };

    private static TranslationSet Capitals(DirectoryInfo root)
    {
        Pair[] all = [.. DataSets.Read(root, "messages-train.tsv").Skip(1).Take(300).Select(line => line.Split('\t')[2])
            .Select(text => new Pair { Source = text.ToUpperInvariant(), Target = text.ToLowerInvariant() })];
        return new TranslationSet(all[..^40], all[^40..^20], all[^20..]);
    }

    /// <summary>The pairs and the options with which the sample compares what the decoder reads in training.</summary>
    private static TranslationSet Dates()
    {
        static Pair[] Part(int count, int seed) =>
            [.. DateSpellings.Pairs(count, seed).Select(pair => new Pair { Source = pair.Source, Target = pair.Target })];
        return new TranslationSet(Part(1000, 1), Part(500, 2), Part(500, 3))
        {
            Adapt = options => options with
            {
                Unit = RnnLanguageUnit.Character,
                MaximumVocabularySize = null,
                ValidationTranslations = 200,
                Network = new RnnTranslationNetworkOptions { HiddenSize = 64, EmbeddingSize = 32, Dropout = 0.1f },
                Training = new RnnTrainingOptions
                {
                    BatchSize = 64,
                    MaxEpochs = 15,
                    Patience = 15,
                    LearningRate = 0.005f,
                    Schedule = RnnLearningRateSchedule.Linear,
                    ExponentialMovingAverage = 0.99f,
                },
            },
        };
    }

    private static TranslationSet Multi30k(DirectoryInfo root, string source, string target)
    {
        Pair[] Part(string part) => Captions(root, part, source, target);
        return new TranslationSet(Part("train"), Part("val"), Part("test_2016_flickr")) { IsTokenized = true };
    }

    private static TranslationSet Multi30kZeroShot(DirectoryInfo root)
    {
        Pair[] Part(string part) =>
            [.. new[] { ("de", "en"), ("en", "de"), ("en", "fr") }.SelectMany(pair => Captions(root, part, pair.Item1, pair.Item2))];
        return new TranslationSet(Part("train"), Part("val"), Captions(root, "test_2016_flickr", "de", "fr"))
        {
            IsTokenized = true,
            ZeroShot = ("de", "en", "fr"),
        };
    }

    private static Pair[] Captions(DirectoryInfo root, string part, string source, string target)
    {
        IEnumerable<string> Lines(string language) => DataSets.Read(root, $"multi30k/tok/{part}.lc.norm.tok.{language}");
        return [.. Lines(source).Zip(Lines(target), (a, b) => new Pair { Source = a, Target = b, SourceLanguage = source, TargetLanguage = target })];
    }

    /// <summary>Divides the triples by their English sentence: a twentieth each for validation and test.</summary>
    private static TranslationSet TatoebaZeroShot(DirectoryInfo root)
    {
        string[][] triples = [.. DataSets.Read(root, "tatoeba_eng_nld_fra/eng-nld-fra.tsv").Select(line => line.Split('\t'))];
        string[] english = [.. triples.Select(triple => triple[0]).Distinct()];
        new Random(1).Shuffle(english);
        int held = english.Length / 20;
        HashSet<string> validation = [.. english[..held]], test = [.. english[held..(2 * held)]];
        string[][] Part(Func<string, bool> isIn) => [.. triples.Where(triple => isIn(triple[0]))];
        string[][] ofTest = Part(test.Contains);
        return new TranslationSet(
            Three(Part(sentence => !validation.Contains(sentence) && !test.Contains(sentence))), Three(Part(validation.Contains)),
            [.. ofTest.Select(triple => Of("nl", triple[1], "fr", triple[2]))])
        {
            ZeroShot = ("nl", "en", "fr"),
        };

        static Pair[] Three(string[][] triples) =>
        [
            .. triples.SelectMany(triple => new[]
            {
                Of("nl", triple[1], "en", triple[0]), Of("en", triple[0], "nl", triple[1]), Of("en", triple[0], "fr", triple[2]),
            }).DistinctBy(pair => (pair.Source, pair.Target)),
        ];

        static Pair Of(string sourceLanguage, string source, string targetLanguage, string target) =>
            new() { SourceLanguage = sourceLanguage, Source = source, TargetLanguage = targetLanguage, Target = target };
    }
}
