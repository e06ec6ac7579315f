import './compute.css';
import './dialog.css';
import './jobs.css';
