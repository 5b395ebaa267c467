using Microsoft.ML;
using MlNetRnn.Samples.Tags;
using Spectre.Console;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>A tagger of frames, which predicts the sound in each hundredth of a second of a recording.</summary>
internal static class SoundTagger
{
    private const int Recordings = 60, TestRecordings = 15, FramesOfSign = 2;
    private const double Seconds = 2;

    /// <summary>Trains the tagger, and shows its tags for a test recording.</summary>
    /// <returns>Whether the saved model predicts the same tags as the trained one.</returns>
    public static bool Show(MLContext ml, DirectoryInfo output)
    {
        AnsiConsole.MarkupLine($"[bold]Which sound is in each hundredth of a second?[/] Vowels, tones that rise or fall, and silence, {Recordings} "
            + $"recordings of {Seconds} s each, as energies in {BandEnergies.FrameSize} bands of frequency.\n");
        var random = new Random(1);
        TaggedFrames[] recordings = [.. Enumerable.Range(0, Recordings).Select(_ => BandEnergies.Of(Recording.Make(random, Seconds)))];
        TaggedFrames[] test = recordings[..TestRecordings];
        Trained<RnnTransformer> trained = TrainingView.Run(progress => ml.MulticlassClassification.Trainers.RnnSequenceTagging(new RnnSequenceTaggingOptions
        {
            InputColumnName = nameof(TaggedFrames.Steps),
            FrameSize = BandEnergies.FrameSize,
            Network = new RnnTaggingNetworkOptions { HiddenSize = 32, Dropout = 0.2f },
            Training = new RnnTrainingOptions { BatchSize = 4, MaxEpochs = 12, LearningRate = 0.01f, ExponentialMovingAverage = 0.98f, Progress = progress },
        }).Fit(ml.Data.LoadFromEnumerable(recordings[TestRecordings..])));
        Console.WriteLine($"{trained}\n");

        RnnSequenceTaggingMetrics metrics = ml.MulticlassClassification.EvaluateSequenceTagging(trained.Model.Transform(ml.Data.LoadFromEnumerable(test)));
        Console.WriteLine($"{metrics}\nA test recording, one character for {FramesOfSign} frames:");
        var tagger = new Tagger(ml, trained.Model);
        TaggedFrames shown = test.MaxBy(recording => recording.Label.Distinct().Count())!;
        string[] tags = tagger.Engine<float>()(shown.Steps);
        string legend = string.Join(", ", Recording.Signs.Where(pair => pair.Key != $"{pair.Value}").Select(pair => $"{pair.Value} {pair.Key}"));
        Console.WriteLine($"  true       {Signs(shown.Label)}\n  predicted  {Signs(tags)}\n  ({legend}, letters: vowels)\n");
        SoundPicture.Draw(shown, tags, Path.Combine(output.FullName, "sounds.png"));
        bool areEqual = FirstRun.SaveAndAskFreshProcess(
            tagger, Path.Combine(output.FullName, "sounds.zip"), [.. TagPredictCommand.Lines(shown.Steps, BandEnergies.FrameSize)], tags);
        Console.WriteLine($"  {shown.Label.Length} frames, {tags.Length} tags\n");
        return areEqual;
    }

    private static string Signs(string[] sounds) => string.Concat(sounds.Chunk(FramesOfSign).Select(frames => Recording.Signs[frames[0]]));
}
