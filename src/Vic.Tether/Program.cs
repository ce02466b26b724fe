Console.Out.WriteLine("Vic.Tether as process " + Environment.ProcessId);
Console.Out.Flush();
Thread.Sleep(3000);
return 0;
