using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.Captioning;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>Command lines that are refused in one line.</summary>
[Collection(nameof(TinyModels))]
public sealed class StartUpTests(TinyModels models)
{
    [Theory]
    [InlineData("--urls ftp://127.0.0.1:5000", "Serving: --urls: expected http://HOST:PORT, got 'ftp://127.0.0.1:5000'")]
    [InlineData("--urls 5000", "Serving: --urls: expected http://HOST:PORT, got '5000'")]
    [InlineData("--urls http://127.0.0.1:99999", "Serving: --urls: expected http://HOST:PORT, got 'http://127.0.0.1:99999'")]
    [InlineData("--model nowhere.zip", "Serving: ", "nowhere.zip: there is no such file")]
    [InlineData("--tagger nowhere.zip", "Serving: ", "nowhere.zip: there is no such file")]
    [InlineData("--language-model nowhere.zip", "Serving: ", "nowhere.zip: there is no such file")]
    [InlineData("--translation-model nowhere.zip", "Serving: ", "nowhere.zip: there is no such file")]
    [InlineData("--captioning-model nowhere.zip", "Serving: ", "nowhere.zip: there is no such file")]
    [InlineData("--modle a.zip", "Serving: Unrecognized command or argument '--modle'.", "(--help lists all options)")]
    [InlineData("--model", "Serving: ", "--model", "(--help lists all options)")]
    public void An_invalid_command_line_is_refused(string line, params string[] expected) => AssertRefused(line.Split(' '), expected);

    [Fact]
    public void A_model_of_another_kind_is_refused()
    {
        AssertRefused(["--model", models.Entities], "expected a classifier or a regression of this library that reads the column 'Text' alone; ", "'Tokens'");
        AssertRefused(["--tagger", models.Topics], "expected a tagger of words, as the sample SequenceTagging saves it; ");
        AssertRefused(
            ["--language-model", models.Topics], "expected a language model, as the sample LanguageModel saves it; ", "Classification into 6 classes");
        AssertRefused(["--translation-model", models.Topics], "expected a translation model of texts; got Classification into 6 classes");
        AssertRefused(["--model", TinyModels.Writer], "got a model without a recurrent network");
        AssertRefused(["--tagger", models.Frames()], "expected a tagger of words", "frames of 2 numbers");
    }

    [Fact]
    public void A_captioning_model_that_needs_more_than_an_image_file_is_refused()
    {
        const string Option = "--captioning-model", Expected = "expected a captioning model of image files, as the sample Captioning saves it; got ";
        var ml = new MLContext(1);
        AssertRefused([Option, models.Topics], $"{Expected}Classification into 6 classes");
        AssertRefused([Option, TinyModels.Translator], $"{Expected}Translation of 'Source'");
        string boxes = TinyCaptioners.Train(ml, RegionReading.Proposals, models.NewFile("boxes.zip"));
        AssertRefused([Option, boxes], $"{Expected}Captioning of 'Regions'", "reads the boxes of regions (column 'Boxes'), and an image file contains none");
        RnnCaptioningTransformer network = TinyCaptioners.Train(ml, RegionReading.Grid);
        string alone = models.NewFile("alone.zip"), other = models.NewFile("other-features.zip");
        IDataView rows = ml.Data.LoadFromEnumerable([new Photo()]);
        ml.Model.Save(network, rows.Schema, alone);
        AssertRefused([Option, alone], $"{Expected}Captioning of 'ImageGrid'", "without features of image files");
        ITransformer load = ml.Transforms.LoadImages("Image", "", nameof(Photo.Path)).Fit(rows);
        ITransformer features = ml.Transforms.RnnImageFeatures(gridColumnName: null).Fit(load.Transform(rows));
        ml.Model.Save(new TransformerChain<ITransformer>(load, features, network), rows.Schema, other);
        AssertRefused([Option, other], $"{Expected}Captioning of 'ImageGrid'", "in a chain without the column 'ImageGrid'");
    }

    [Theory]
    [InlineData("", "a file of 0 bytes")]
    [InlineData("PK", "a file of 2 bytes")]
    [InlineData("not a model, but long enough for one", "something other than a zip archive")]
    public void A_file_that_is_not_a_model_is_refused(string content, string got)
    {
        string file = models.NewFile("not-a-model.zip");
        File.WriteAllText(file, content);
        foreach (string option in new[] { "--model", "--tagger", "--language-model", "--translation-model", "--captioning-model" })
            AssertRefused([option, file], $"Serving: {file}: expected a model as ML.Model.Save writes it, got {got}. ");
    }

    [Fact]
    public void A_model_without_a_network_and_one_that_needs_a_label_are_refused()
    {
        var ml = new MLContext(1);
        IDataView rows = ml.Data.LoadFromEnumerable([new Labelled { Text = "a", Topic = "x" }, new Labelled { Text = "b", Topic = "y" }]);
        string plain = models.NewFile("plain.zip"), labelled = models.NewFile("labelled.zip");
        ml.Model.Save(ml.Transforms.CopyColumns("Score", "Text").Fit(rows), rows.Schema, plain);
        AssertRefused(["--model", plain], "got a model without a recurrent network");
        ITransformer keys = ml.Transforms.Conversion.MapValueToKey("Label", "Topic").Fit(rows);
        ml.Model.Save(new TransformerChain<ITransformer>(keys, ml.Model.Load(models.Topics, out _)), rows.Schema, labelled);
        AssertRefused(["--model", labelled], "reads the column 'Text' alone; ", "Topic");
    }

    private static void AssertRefused(string[] args, params string[] expected)
    {
        TextWriter before = Console.Error;
        var error = new StringWriter();
        Console.SetError(error);
        int exitCode;
        try
        {
            exitCode = new ServingCommand().Run(args);
        }
        finally
        {
            Console.SetError(before);
        }
        string line = Assert.Single(error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Serving: ", line);
        foreach (string part in expected) Assert.Contains(part, line);
    }

    private sealed class Photo
    {
        public string Path { get; set; } = "";
    }

    private sealed class Labelled
    {
        public string Text { get; set; } = "";

        public string Topic { get; set; } = "";
    }
}
