namespace MlNetRnn.Training;

/// <summary>The state of a training at the end of an epoch, from which it can resume. Random generators are seeded anew in every epoch.</summary>
internal sealed record TrainingState(
    int Epoch,
    long Steps,
    float[][] Weights,
    (int Step, float[][] First, float[][] Second) Optimizer,
    (long Steps, float[][] Average)? Average,
    double RateFactor,
    StoppingState Stopping)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write(Epoch);
        writer.Write(Steps);
        Write(writer, Weights);
        writer.Write(Optimizer.Step);
        Write(writer, Optimizer.First);
        Write(writer, Optimizer.Second);
        writer.Write(Average is not null);
        if (Average is { } average)
        {
            writer.Write(average.Steps);
            Write(writer, average.Average);
        }
        writer.Write(RateFactor);
        writer.Write(Stopping.Best is not null);
        if (Stopping.Best is { } best)
        {
            writer.Write(best.Loss);
            writer.Write(best.MetricName);
            writer.Write(best.Metric);
            writer.Write(best.Baseline);
            Write(writer, Stopping.BestWeights!);
        }
        writer.Write(Stopping.BestEpoch);
        writer.Write(Stopping.LowestLoss);
        writer.Write(Stopping.EpochsSince);
        writer.Write(Stopping.IsProgress);
    }

    public static TrainingState Read(BinaryReader reader)
    {
        (int epoch, long steps, float[][] weights) = (reader.ReadInt32(), reader.ReadInt64(), ReadArrays(reader));
        (int, float[][], float[][]) optimizer = (reader.ReadInt32(), ReadArrays(reader), ReadArrays(reader));
        (long, float[][])? average = reader.ReadBoolean() ? (reader.ReadInt64(), ReadArrays(reader)) : null;
        double rateFactor = reader.ReadDouble();
        (ValidationResult? best, float[][]? bestWeights) = (null, null);
        if (reader.ReadBoolean())
        {
            best = new ValidationResult(reader.ReadDouble(), reader.ReadString(), reader.ReadDouble(), reader.ReadDouble());
            bestWeights = ReadArrays(reader);
        }
        var stopping = new StoppingState(best, reader.ReadInt32(), reader.ReadDouble(), reader.ReadInt32(), reader.ReadBoolean(), bestWeights);
        return new TrainingState(epoch, steps, weights, optimizer, average, rateFactor, stopping);
    }

    private static void Write(BinaryWriter writer, float[][] arrays)
    {
        writer.Write(arrays.Length);
        foreach (float[] array in arrays)
        {
            writer.Write(array.Length);
            writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(array.AsSpan()));
        }
    }

    private static float[][] ReadArrays(BinaryReader reader)
    {
        var arrays = new float[reader.ReadInt32()][];
        for (int i = 0; i < arrays.Length; i++)
        {
            arrays[i] = new float[reader.ReadInt32()];
            reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(arrays[i].AsSpan()));
        }
        return arrays;
    }
}
