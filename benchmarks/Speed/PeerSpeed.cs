using System.Globalization;
using Microsoft.ML;

namespace MlNetRnn.Benchmarks;

/// <summary>Compares an epoch of training in this library and in PyTorch (benchmarks/Peers), in alternating rounds.</summary>
internal static class PeerSpeed
{
    private const string Script = "torch_peer.py";

    public static void Run(Workload workload, int rounds, int threads, string python)
    {
        Console.WriteLine($"\nPyTorch runs with {OpenBlasKernel.Current}.");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlnetrnn-peers-");
        string texts = Path.Combine(folder.FullName, "texts"), sentences = Path.Combine(folder.FullName, "sentences");
        int IndexOf(string word) => workload.Vocabulary.IndexOf(word);
        string Join(string text, Func<string, string> word) => string.Join(' ', text.Split(' ').Select(word));
        string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
        File.WriteAllLines(texts, workload.Texts.Select((text, row) =>
            $"{Number((int)workload.Examples.Targets[row])}\t{Join(text, word => Number(IndexOf(word)))}"));
        File.WriteAllLines(sentences, workload.Texts.Select(text => Join(text, word => $"{Number(IndexOf(word))}/{Number(TagNumber(word))}")));
        using (TorchPeer bucketed = new(python, threads, Script, texts, "classifier", "bucketed"),
            random = new(python, threads, Script, texts, "classifier", "random"))
        {
            Turns.Run($"Training, one epoch of {workload.Texts.Length:N0} rows, BiLSTM 128 + 128, batches of 32, {threads} thread(s)", "tokens", rounds,
                ($"PyTorch {bucketed.Version}, rows of a length together", bucketed.Epoch),
                ($"PyTorch {bucketed.Version}, random rows", random.Epoch),
                ("this library, Lstm", TrainingSpeed.Ours(workload, RnnCell.Lstm, threads)),
                ("this library, Gru", TrainingSpeed.Ours(workload, RnnCell.Gru, threads)));
        }
        using (TorchPeer bucketed = new(python, threads, Script, sentences, "tagger", "bucketed"))
        {
            string title = $"Training a tagger, one epoch of the same rows, characters by LSTM, CRF, {threads} thread(s); here with reading and export";
            Turns.Run(title, "words", rounds,
                ($"PyTorch {bucketed.Version}, rows of a length together", bucketed.Epoch),
                ("this library", TaggingSpeed.Training(new MLContext(1), workload, threads)));
        }
        var language = new LanguageWorkload(symbols: 200_000);
        string stream = Path.Combine(folder.FullName, "stream");
        File.WriteAllText(stream, string.Join(' ', language.Stream.Select(Number)));
        using (TorchPeer peer = new(python, threads, Script, stream, "language", "bucketed"))
        {
            Turns.Run($"Training a language model, 2 x LSTM 256, 64 streams x 64 steps, {threads} thread(s)", "symbols", rounds,
                ($"PyTorch {peer.Version}", peer.Epoch),
                ("this library", language.Ours(threads)));
        }
        folder.Delete(recursive: true);
    }

    private static int TagNumber(string word)
    {
        string tag = TaggingSpeed.Tag(word);
        return tag == "O" ? 0 : 1 + int.Parse(tag.AsSpan(2), CultureInfo.InvariantCulture);
    }
}
