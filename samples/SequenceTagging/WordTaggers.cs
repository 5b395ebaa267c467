using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.Tags;
using Spectre.Console;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>Two taggers of words, trained on the same sentences: parts of speech, and entities (spans of words that name something).</summary>
internal static class WordTaggers
{
    private const string Tokens = "Tokens", PartOfSpeech = "PartOfSpeech", Entity = "Entity";
    private const int Epochs = 18, ShownSentences = 6;

    private static readonly string[] Questions =
    [
        "Maria Lindgren flew from Oslo to The Hague on Friday .",
        "The Ministry of Transport will close the bridge until next Monday .",
        "May I speak to May before the end of May ?",
    ];

    /// <returns>Whether the saved models predict the same tags as the trained ones.</returns>
    public static bool Show(MLContext ml, DirectoryInfo output)
    {
        AnsiConsole.MarkupLine("[bold]What is each word of a sentence?[/] LSTMs that read its words, and the characters of each, are trained inside ML.NET.\n");
        IDataView train = Load(ml, "sentences.conll"), test = Load(ml, "sentences-test.conll");
        Trained<RnnTransformer> partsOfSpeech = Learn(ml, train, test, "Parts of speech", PartOfSpeech), entities = Learn(ml, train, test, "Entities", Entity);
        Console.WriteLine(Evaluate(ml, entities.Model.Transform(test), train, Entity));

        LearningCurves.Draw(entities.Epochs, "token", "sentences", Path.Combine(output.FullName, "learning-curves.png"));
        var taggers = new[] { ("parts-of-speech", new Tagger(ml, partsOfSpeech.Model)), ("entities", new Tagger(ml, entities.Model)) };
        string[][] sentences = [.. test.GetColumn<string[]>(Tokens).Where((_, row) => row % 20 == 0).Take(ShownSentences)];
        bool areEqual = true;
        foreach ((string name, Tagger tagger) in taggers)
        {
            Func<string[], string[]> tags = tagger.Engine<string>();
            AnsiConsole.MarkupLine($"[bold]Test sentences, tagged with {name.Replace('-', ' ')}:[/]");
            TaggedSentences.Show([.. sentences.Select(sentence => (sentence, tags(sentence)))]);
            string[] answers = [.. Questions.Select(TaggedLine.Tokens).Select(tokens => TaggedLine.Of(tokens, tags(tokens)))];
            areEqual &= FirstRun.SaveAndAskFreshProcess(tagger, Path.Combine(output.FullName, $"{name}.zip"), Questions, answers);
            foreach (string answer in answers) Console.WriteLine($"  {answer}");
            Console.WriteLine();
        }
        return areEqual;
    }

    private static IDataView Load(MLContext ml, string file) =>
        ml.Data.LoadFromConll(Path.Combine(AppContext.BaseDirectory, "Data", file), (Tokens, 0), (PartOfSpeech, 1), (Entity, 2));

    private static Trained<RnnTransformer> Learn(MLContext ml, IDataView train, IDataView test, string title, string label)
    {
        AnsiConsole.MarkupLine($"[bold]{title}[/]");
        Trained<RnnTransformer> trained = TrainingView.Run(progress => ml.MulticlassClassification.Trainers.RnnSequenceTagging(new RnnSequenceTaggingOptions
        {
            LabelColumnName = label,
            // With so few sentences, small batches need fewer epochs.
            Training = new RnnTrainingOptions { BatchSize = 8, MaxEpochs = Epochs, ExponentialMovingAverage = 0.99f, Progress = progress },
        }).Fit(train));
        Console.WriteLine(trained);
        Report.Comparison($"{title} of the test sentences",
            ("LSTM (this library)", Evaluate(ml, trained.Model.Transform(test), train, label)),
            ("each word's most frequent tag", Evaluate(ml, MostFrequentTag.Transform(ml, train, test, Tokens, label), train, label)));
        return trained;
    }

    private static RnnSequenceTaggingMetrics Evaluate(MLContext ml, IDataView scored, IDataView train, string label) =>
        ml.MulticlassClassification.EvaluateSequenceTagging(scored, label, tokenColumnName: Tokens, trainingData: train);
}
