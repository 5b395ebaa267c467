using Microsoft.ML.Data;
using Microsoft.ML;
using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Objectives;
using MlNetRnn.Sequences;
using TorchSharp;

namespace MlNetRnn.Contracts;

/// <summary>
/// The common part of the contracts for taggers: sentences of seven words with names of people and places, recognizable by their capitals and endings.
/// </summary>
public abstract class TaggingContract : TrainerContract
{
    internal const int Words = 7;
    private static readonly string[] Fillers = ["went", "to", "and", "saw", "the", "again", "today"], People = ["Anna", "Berta", "Clara"],
        Families = ["Lowell", "Mendel"], Places = ["Lakeville", "Newville", "Kingsville"];

    internal static RnnTaggingNetworkOptions TinyNetwork { get; } = new()
    {
        EmbeddingSize = 8,
        HiddenSize = 9,
        Dropout = 0.1f,
        WordDropout = 0.1f,
        CharacterEmbeddingSize = 5,
        CharacterSize = 6,
    };

    public override Type Trainer => typeof(RnnSequenceTaggingTrainer);

    protected override string[] Outputs => ["PredictedLabel", "Score"];

    protected override string Score => "Score";

    protected abstract RnnSequenceTaggingOptions Options { get; }

    protected override IEstimator<ITransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null) =>
        ml.MulticlassClassification.Trainers.RnnSequenceTagging(change is null ? Options : Options with { Training = change(Options.Training) });

    protected override IDataView Data(MLContext ml, int rows)
    {
        var random = new Random(4);
        return ml.LoadRows(rows, i => Sentence(random, i));
    }

    private static Row Sentence(Random random, int i)
    {
        var (tokens, tags) = (new List<string>(), new List<string>());
        void Add(string token, string tag)
        {
            tokens.Add(token);
            tags.Add(tag);
        }
        while (tokens.Count < Words)
        {
            // Every row begins with a person and a filler, so that it contains both a name and a word outside names.
            int kind = tokens.Count switch { 0 => 7, 2 => 0, _ => random.Next(9) };
            if (kind == 7) Add(People[random.Next(3)], "B-PER");
            if (kind == 7 && tokens.Count < Words) Add(Families[random.Next(2)], "I-PER");
            if (kind == 8) Add(Places[random.Next(3)], "B-LOC");
            if (kind < 7) Add(Fillers[kind], "O");
        }
        string[] shapes = [.. tokens.Select(token => char.IsUpper(token[0]) ? "X" : "x")];
        return new Row { Id = i, Tokens = [.. tokens], Shape = shapes, Label = [.. tags], Numbers = [i, -i, i / 2f] };
    }

    protected override IEstimator<ITransformer> Preparation(MLContext ml) => ml.Transforms.CopyColumns("Same", "Id");

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml)
    {
        IDataView Copy(string to, string from) => ml.CopyColumn(Model.Prepared, to, from);
        IDataView Drop(string column) => ml.DropColumn(Model.Prepared, column);
        return
        [
            (Drop("Tokens"), ["input column 'Tokens'", "Vector<String>"], true),
            (Copy("Tokens", "Numbers"), ["input column 'Tokens'", "Vector<String>", "Vector<Single"], true),
            (Drop("Label"), ["label column 'Label'", "Vector<Key> or Vector<String>"], false),
            (Copy("Label", "Id"), ["label column 'Label'", "Vector<Key> or Vector<String>", "Single"], false),
            (Copy("Label", "Numbers"), ["label column 'Label'", "Vector<Key> or Vector<String>", "Vector<Single"], false),
        ];
    }

    protected override IDataView HardRows(MLContext ml) => ml.Data.LoadFromEnumerable(new string[][]
    {
        [], [""], ["Anna"], ["zzz", "qqq"], ["Anna", "", null!, "to"], ["😀👩‍👩‍👧", "\uD83D", "\uDE00x"], ["\0\u0001", "İstanbul", "ıI"],
        ["New York", "東京"], [.. Enumerable.Repeat("Lakeville", 3000)], [new string('x', 100_000), "saw"],
    }.Select((tokens, i) => new HardRow { Tokens = tokens, Shape = [.. Enumerable.Repeat("X", i)] }));

    protected override double Quality(MLContext ml, IDataView scored) => ml.MulticlassClassification.EvaluateSequenceTagging(scored).SpanF1;

    protected override IEnumerable<(string Parameter, double Norm)> GradientNorms() =>
        from characters in Enum.GetValues<RnnCharacterEncoder>()
        from dependency in Enum.GetValues<RnnTagDependency>()
        from cell in new[] { RnnCell.Lstm, RnnCell.None }
        let options = TinyNetwork with { Characters = characters, Dependency = dependency, PreviousTags = 2, Cell = cell, Dropout = 0 }
        from norm in GradientNorms(options with { LockedDropout = cell == RnnCell.Lstm })
        select ($"{characters}, {dependency}, {cell}: {norm.Parameter}", norm.Norm);

    private static (string Parameter, double Norm)[] GradientNorms(RnnTaggingNetworkOptions options)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var random = new torch.Generator(1);
        var examples = new ExampleSet(new SequenceStore(keepTexts: true), [], isPerStep: true);
        foreach (int[] row in new[] { new[] { 2, 3, 4, 5 }, [5], [6, 7] })
        {
            foreach (int token in row)
            {
                examples.Sequences.Add(token, $"w{token}{(char)('a' + token)}");
                examples.Targets.Add(token % 3);
            }
            examples.Sequences.EndSequence();
        }
        TextNumbers spellings = examples.Sequences.Spellings;
        CharacterIndex index = CharacterIndex.Learn(Enumerable.Range(0, spellings.Count).Select(i => spellings[i]), null);
        if (options.Characters != RnnCharacterEncoder.None) examples.ReadCharacters(index);
        InputLayer Input(ParameterSet parameters)
        {
            var words = new Embedder(parameters, 10, options);
            if (options.Characters == RnnCharacterEncoder.None) return words;
            return new JoinedInput([words, new CharacterInput(parameters, index.Characters.Count, options, 1)]);
        }
        using var network = NewNetwork.Tagging(options, random, Input, 3);
        TaggingObjective objective = TagDependencies.Of(options, marksSpans: true).CreateObjective(network.Head, null, null);
        PackedBatch batch = PackedBatch.From(examples, [0, 1, 2]);
        using torch.Tensor loss = objective.Loss(network.Forward(batch, new ForwardMode(random)), StepLabels.Of(examples, batch), batch);
        loss.backward();
        return Norms(network.Parameters);
    }

    private sealed class Row
    {
        public float Id { get; set; }

        [VectorType(Words)]
        public string[] Tokens { get; set; } = [];

        [VectorType(Words)]
        public string[] Shape { get; set; } = [];

        [VectorType(Words)]
        public string[] Label { get; set; } = [];

        [VectorType(3)]
        public float[] Numbers { get; set; } = [];
    }

    private sealed class HardRow
    {
        public string[] Tokens { get; set; } = [];

        public string[] Shape { get; set; } = [];
    }
}
