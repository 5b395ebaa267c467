using System.Reflection;
using Microsoft.ML;
using MlNetRnn.LanguageModels;

namespace MlNetRnn.Transforms.Tests.LanguageModels;

/// <summary>Generation of texts as a transform, over an n-gram model.</summary>
public class GenerateTextTests
{
    private static readonly string[] Prompts = ["h", "", "jo", "?", "h", "nadj"];
    private static readonly RnnGenerationOptions Sampled = new() { Seed = 7, MaximumLength = 20, Temperature = 1.5f };
    private static readonly RnnGenerationOptions Filtered = new()
    {
        MaximumLength = 9,
        Temperature = 0.5f,
        TopK = 3,
        TopP = 0.9f,
        RepetitionPenalty = 1.2f,
        NoRepeatNgramSize = 3,
        AllowUnknown = true,
        StopAtDocumentEnd = false,
        StopSequences = ["nn", "e"],
        Seed = 5,
    };
    private readonly MLContext _ml = new(1);

    [Fact]
    public void The_text_of_a_row_depends_on_its_prompt_alone()
    {
        RnnTextGenerationTransformer transformer = Fit(Sampled);
        Row[] all = Run(transformer, Prompts);
        Assert.Equal(all, Run(transformer, [.. Prompts.Reverse()]).Reverse());
        Assert.Equal(all, Prompts.Select(prompt => Run(transformer, prompt)[0]));
        Assert.Equal(all[0], all[4]);
        Assert.True(all.Select(row => row.Text).Distinct().Count() > 3);
        Assert.All(all, row => Assert.True(row.Score < 0));
    }

    [Fact]
    public void A_prediction_engine_returns_the_same_as_the_batched_transform()
    {
        RnnTextGenerationTransformer transformer = Fit(Sampled);
        using PredictionEngine<TextRows.TextLine, Generated> engine = _ml.Model.CreatePredictionEngine<TextRows.TextLine, Generated>(transformer);
        Assert.Equal(Run(transformer, Prompts), Prompts.Select(prompt => engine.Predict(new() { Text = prompt }).ToRow()));
    }

    [Fact]
    public void A_seed_decides_the_texts_and_is_saved()
    {
        Assert.Equal(Run(Fit(Sampled), Prompts), Run(Fit(Sampled), Prompts));
        Assert.NotEqual(Run(Fit(Sampled), Prompts), Run(Fit(Sampled with { Seed = 8 }), Prompts));
        RnnTextGenerationTransformer drawn = Fit(Sampled with { Seed = null });
        Assert.Equal(Run(drawn, Prompts), Run(drawn, Prompts));
        Assert.Equal(Run(drawn, Prompts), Run(TextRows.SavedAndLoaded(_ml, drawn, TextRows.Of(_ml, "a")), Prompts));
    }

    [Fact]
    public void Every_option_is_saved()
    {
        RnnGenerationOptions searched = new() { BeamWidth = 4, LengthPenalty = 0.7f, NBest = 2, Seed = 5 };
        string[] notSaved = [nameof(RnnGenerationOptions.Constraint)], compared = [.. Changed(Filtered).Union(Changed(searched)), .. notSaved];
        Assert.Empty(typeof(RnnGenerationOptions).GetProperties().Select(option => option.Name).Except(compared));

        static IEnumerable<string> Changed(RnnGenerationOptions options)
        {
            RnnGenerationOptions read = TextGenerationSpec.FromJson(new TextGenerationSpec("a", "b", "c", options).ToJson()).Options;
            foreach (PropertyInfo option in typeof(RnnGenerationOptions).GetProperties())
            {
                Assert.Equal(option.GetValue(options), option.GetValue(read));
                if (!Equals(option.GetValue(options), option.GetValue(new RnnGenerationOptions()))) yield return option.Name;
            }
        }
    }

    [Fact]
    public void A_loaded_transform_writes_the_same_texts()
    {
        Row[] texts = Run(Fit(Filtered), Prompts);
        Assert.All(texts, row => Assert.DoesNotContain("nn", row.Text));
        Assert.Equal(texts, Run(TextRows.SavedAndLoaded(_ml, Fit(Filtered), TextRows.Of(_ml, "a")), Prompts));
        RnnGenerationOptions beam = new() { BeamWidth = 4, LengthPenalty = 0.7f };
        Assert.Equal(Run(Fit(beam), Prompts), Run(TextRows.SavedAndLoaded(_ml, Fit(beam), TextRows.Of(_ml, "a")), Prompts));
    }

    [Fact]
    public void It_is_a_part_of_a_pipeline()
    {
        var pipeline = _ml.Transforms.CopyColumns("Prompt", "Text").Append(
            _ml.Transforms.Text.GenerateText(TextRows.Train(_ml), "More", "Prompt", Sampled));
        IDataView data = TextRows.Of(_ml, Prompts);
        ITransformer loaded = TextRows.SavedAndLoaded(_ml, pipeline.Fit(data), data);
        Assert.Equal(
            Run(Fit(Sampled), Prompts).Select(row => row.Text),
            _ml.Data.CreateEnumerable<More>(loaded.Transform(data), reuseRowObject: false).Select(row => row.Text));
    }

    [Fact]
    public void A_constraint_works_and_is_not_saved()
    {
        RnnTextGenerationTransformer transformer = Fit(Sampled with { Constraint = (_, _, scores) => scores[3..].Fill(float.NegativeInfinity) });
        Assert.All(Run(transformer, Prompts), row => Assert.Equal("", row.Text.Trim('a')));
        var error = Assert.Throws<NotSupportedException>(() => TextRows.SavedAndLoaded(_ml, transformer, TextRows.Of(_ml, "a")));
        Assert.Contains("expected options without a Constraint", error.Message);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        RnnLanguageModelTransformer model = TextRows.Train(_ml);
        Assert.Contains("TopP", Refused(() => _ml.Transforms.Text.GenerateText(model, "Out", "Text", new() { TopP = 0 })));
        Assert.Contains("NBest: expected 1", Refused(() => _ml.Transforms.Text.GenerateText(model, "Out", "Text", new() { BeamWidth = 3, NBest = 2 })));
        Assert.Contains("'Out' for both", Refused(() => _ml.Transforms.Text.GenerateText(model, "Out", "Text", scoreColumnName: "Out")));
        ITransformer other = _ml.Transforms.CopyColumns("a", "Text").Fit(TextRows.Of(_ml, "a"));
        Assert.Contains("got none", Refused(() => _ml.Transforms.Text.GenerateText(other, "Out", "Text")));
        RnnTextGenerationEstimator missing = _ml.Transforms.Text.GenerateText(model, "Out", "Prompt");
        Assert.Contains("'Prompt'", Assert.Throws<ArgumentOutOfRangeException>(() => missing.Fit(TextRows.Of(_ml, "a"))).Message);

        static string Refused(Action action) => Assert.Throws<ArgumentException>(action).Message;
    }

    private RnnTextGenerationTransformer Fit(RnnGenerationOptions options) =>
        _ml.Transforms.Text.GenerateText(TextRows.Train(_ml), "Continuation", "Text", options, "Score").Fit(TextRows.Of(_ml, "a"));

    private Row[] Run(ITransformer transformer, params string[] prompts) =>
        [.. _ml.Data.CreateEnumerable<Generated>(transformer.Transform(TextRows.Of(_ml, prompts)), reuseRowObject: false).Select(row => row.ToRow())];

    private sealed record Row(string Text, float Score);

    private sealed class Generated
    {
        public string Continuation { get; set; } = "";

        public float Score { get; set; }

        public Row ToRow() => new(Continuation, Score);
    }

    private sealed class More
    {
        [Microsoft.ML.Data.ColumnName("More")]
        public string Text { get; set; } = "";
    }
}
