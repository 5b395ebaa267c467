namespace MlNetRnn.Fitting;

/// <summary>The folder for checkpoints.</summary>
internal static class CheckpointFolders
{
    /// <summary>Creates the folder of the options, if they have one, before any work starts.</summary>
    /// <exception cref="IOException">There is a file of that name.</exception>
    public static void Prepare(RnnTrainingOptions options)
    {
        if (options.CheckpointFolder is not { } folder) return;
        if (File.Exists(folder))
            throw new IOException($"Training.CheckpointFolder: expected a folder, got '{folder}', which is a file. Choose another name.");
        Directory.CreateDirectory(folder);
    }
}
