// Learns to tell a tag for each step of a sequence with a recurrent network, inside ML.NET: for words of sentences and for frames of recordings.
//   dotnet run -c Release --project samples/SequenceTagging                                     the whole way, on the data in samples/Data and on sounds that it makes
//   dotnet run -c Release --project samples/SequenceTagging -- train --train FILE --format conll --model M.zip  the same on a file of one's own (--help lists all options)
//   dotnet run -c Release --project samples/SequenceTagging -- predict --model M.zip            token/tag pairs for every line of standard input
using MlNetRnn.Samples;
using MlNetRnn.Samples.SequenceTagging;

var settings = new TrainSettings();
return new SampleProgram(
    "SequenceTagging",
    "Learns to tell a tag for each word of a sentence or each frame of a recording with a recurrent network, inside ML.NET. Without a command: the whole way on built-in data.",
    (_, output) => FirstRun.Run(output),
    [settings.Command(result => TrainCommand.Run(settings, result))],
    "Reads one sentence a line from standard input, its tokens separated by blanks, and writes token/tag pairs; for a model of frames one frame a line, with empty lines between sequences, and writes one tag a line.",
    PredictCommand.Run).Run(args);
