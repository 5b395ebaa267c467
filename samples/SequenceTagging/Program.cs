// Trains a sequence tagger with a recurrent network inside ML.NET: for words of sentences and for frames of recordings.
//   dotnet run -c Release --project samples/SequenceTagging                                     a demo on the data in samples/Data and on synthetic sounds
//   dotnet run -c Release --project samples/SequenceTagging -- train --train FILE --model M.zip   the same on your own file (--help lists all options)
//   dotnet run -c Release --project samples/SequenceTagging -- predict --model M.zip            token/tag pairs for every line of standard input, or CoNLL-U
using MlNetRnn.Samples;
using MlNetRnn.Samples.SequenceTagging;
using MlNetRnn.Samples.Tags;

var settings = new TrainSettings();
var predict = new PredictOptions();
return new SampleProgram(
    "SequenceTagging",
    "Trains a tagger for the words of sentences or the frames of recordings with a recurrent network, inside ML.NET. "
        + "Without a command: a demo on built-in data.",
    (_, output) => FirstRun.Run(output),
    [settings.Command(result => TrainCommand.Run(settings, result))],
    new PredictSettings(
        "Reads UTF-8 text from standard input: one sentence per line, its tokens separated by blanks, and writes token/tag pairs. "
        + "With --format conllu, input and output are CoNLL-U, with one column filled. "
        + "For a model of frames, reads one frame per line, with empty lines between sequences, and writes one tag per line.",
        (result, model) => TagPredictCommand.Run(model, predict.Of(result)),
        predict.All)).Run(args);
